"""Brings a base to the newest version: all due migrations in one transaction, so that a base is never between two."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

from testimonia.base.connection import APPLICATION, BUSY, VERSION

_PAUSE = 0.02  # seconds


def migrate(engine: Engine) -> None:
    """Runs the migrations that are due; a new file gets all of them."""
    with engine.connect() as connection:
        _write_ahead(connection)
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        if connection.exec_driver_sql("PRAGMA user_version").scalar_one() >= VERSION:
            return  # another process did it while this one waited
        command.upgrade(_configuration(connection), "head")
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _write_ahead(connection: Connection) -> None:
    """Outside a transaction. SQLite does not wait by itself where another process holds the file at this moment."""
    cursor = connection.connection.cursor()
    until = time.monotonic() + BUSY
    try:
        while True:
            try:
                cursor.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                time.sleep(_PAUSE)
    finally:
        cursor.close()


def _configuration(connection: Connection) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    configuration.attributes["connection"] = connection
    return configuration
