"""Files that are written for a person: whole or not at all, and never in place of an evidence base or a device."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from testimonia.errors import InputError


def target(output: Path, base: Path, what: str) -> Path:
    """The file to write, links followed; ``what`` is to be written ("the report") of ``base``.

    Raises ``InputError`` for a folder that is not there, a device, and an evidence base.
    """
    place = output.resolve()
    hint = "Name another file."
    if not place.parent.is_dir():
        raise InputError("there is no such folder", str(place.parent), "Make it first, or name another file.")
    if place.exists() and not place.is_file():
        raise InputError(f"this is no file that {what} can be written to", str(output), hint)
    if place == base.resolve() or (place.exists() and _is_base(place)):
        raise InputError(f"this is an evidence base; {what} does not overwrite it", str(output), hint)
    return place


def replace_with(place: Path, pieces: Iterable[bytes], output: Path) -> None:
    """Writes the pieces to a file beside ``place`` and puts it there; ``output`` is how a person named it.

    Raises ``InputError`` where it cannot be written.
    """
    try:
        _replace(place, pieces)
    except OSError as error:
        hint = "Check that the folder may be written to and has room."
        raise InputError(f"this cannot be written ({error.strerror})", str(output), hint) from None


def _replace(place: Path, pieces: Iterable[bytes]) -> None:
    handle, part = tempfile.mkstemp(dir=place.parent, prefix=f".{place.stem[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        Path(part).chmod(0o644)
        Path(part).replace(place)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def _is_base(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(15) == b"SQLite format 3"
