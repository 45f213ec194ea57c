"""Opening an evidence base: one SQLite file, marked as ours, migrated when it is of an earlier version."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from testimonia.errors import BaseError

APPLICATION = 0x5445_5354  # "TEST": SQLite's application_id of an evidence base
VERSION = 3  # SQLite's user_version; the number of the newest migration
_MAKE = "Read an archive into it: testimonia read FOLDER --base FILE"
BUSY = 30.0  # seconds to wait for another process that is writing


class Base:
    """An open evidence base. ``engine`` is its SQLAlchemy engine; the tables are in ``base.schema``."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self.engine = engine

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """A connection for reading, one consistent state; failures are ``BaseError``."""
        with told(self.path), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection in one transaction that holds wholly or not at all; failures are ``BaseError``."""
        with told(self.path), self.engine.connect().execution_options(writing=True) as connection, connection.begin():
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            yield connection

    def close(self) -> None:
        self.engine.dispose()

    def __enter__(self) -> Base:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_base(path: Path, *, create: bool = False) -> Base:
    """The evidence base in the file ``path``, made when it is missing and ``create`` is set.

    Raises ``BaseError`` for a file that is missing, no evidence base, of a newer version or not writable.
    """
    path = Path(path)
    if path.is_dir():
        raise BaseError("this is a folder, not an evidence base", str(path), "Name a file with --base.")
    if not create and not path.is_file():
        raise BaseError("there is no evidence base here", str(path), _MAKE)
    base = Base(path, _engine(path))
    try:
        with told(path):
            _prepare(base, create)
    except BaseError:
        base.close()
        raise
    return base


def _prepare(base: Base, create: bool) -> None:
    """Checks the marks in the file, and migrates what is of an earlier version."""
    with base.engine.connect() as connection:
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        empty = not connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if empty and not create:  # as when a first run was interrupted at its very beginning
        raise BaseError("nothing has been read into this base yet", str(base.path), _MAKE)
    if application != APPLICATION and not empty:
        hint = "Name another file with --base, or leave the option out."
        raise BaseError("this is no evidence base of Testimonia", str(base.path), hint)
    if version > VERSION:
        hint = "Update Testimonia: pip install --upgrade testimonia"
        what = f"this base is of a newer version ({version}; this program knows up to {VERSION})"
        raise BaseError(what, str(base.path), hint)
    if version < VERSION or application != APPLICATION:
        from testimonia.base.migrate import migrate  # Alembic is slow to import and seldom needed

        migrate(base.engine)


def _engine(path: Path) -> Engine:
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY})

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin below, not where the driver thinks fit
        connection.execute("PRAGMA foreign_keys = ON")
        # With write-ahead logging the base is whole after any crash; a power cut may cost the last documents.
        connection.execute("PRAGMA synchronous = NORMAL")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A writer takes its lock at once, so that it waits for another one instead of failing half way.
        writing = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


_READ_ONLY = (
    "Check the permissions of the file and its folder, or copy it to one of your own: asking needs room beside it."
)
_FAILURES = (
    ("file is not a database", "this is no evidence base of Testimonia", "Name another file with --base."),
    ("file is encrypted", "this is no evidence base of Testimonia", "Name another file with --base."),
    ("disk is full", "the disk is full", "Make room and run the command again: it goes on where it stopped."),
    (
        "disk I/O error",
        "the disk is full or damaged",
        "See that it has room (reading needs some too); the base is whole.",
    ),
    ("unable to open", "the base cannot be opened or made here", "Check that the folder exists and is writable."),
    ("readonly database", "the base cannot be written", _READ_ONLY),
    ("database is locked", "another program is writing to this base", "Wait until it has finished and try again."),
    ("malformed", "the file is damaged", "Restore a copy of it, or read the archive into a new base."),
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns what the database says into a ``BaseError`` that says what, where and what next."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error)
        for words, what, hint in _FAILURES:
            if words in said:
                raise BaseError(what, str(path), hint) from error
        raise BaseError(f"the database says: {said}", str(path)) from error
