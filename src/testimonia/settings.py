"""Settings: the only reader of the configuration file and of the environment.

A value given explicitly wins over the environment (``TESTIMONIA_TIMEOUT=60``), the environment over the file
``testimonia.toml`` in the current folder (``timeout = 60``), the file over the default.
"""

from __future__ import annotations

import getpass
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from testimonia.errors import InputError

FILE = "testimonia.toml"
PREFIX = "TESTIMONIA_"
_NOT_SETTINGS = frozenset({"data"})  # TESTIMONIA_DATA points tests and benchmarks at development data


def cores() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def person() -> str:
    """The name under which the person at this machine is logged in; empty where that is not known."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How an archive is read. Every number is above 0."""

    base: Path = Path("archive.db")
    max_size: float = 32  # MB; a larger file is refused
    timeout: float = 120  # seconds for reading one file, and again for analysing one document
    memory: int = 4096  # MB of address space for one worker process
    jobs: int = field(default_factory=cores)  # worker processes

    @property
    def limit(self) -> int:
        """The largest file, in bytes."""
        return int(self.max_size * 1_000_000)


NAMES = tuple(f.name for f in fields(Settings))
_KINDS: dict[str, type] = {"base": Path, "max_size": float, "timeout": float, "memory": int, "jobs": int}


def load(
    given: Mapping[str, object] | None = None,
    folder: Path = Path(),
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings in force. ``given``: explicit options; those that are None are left to the others.

    Raises ``InputError`` for a name that does not exist or a value that cannot be used.
    """
    environment = os.environ if environment is None else environment
    values = _checked(_from_file(folder / FILE), str(folder / FILE))
    values |= _checked(_from_environment(environment), "environment", PREFIX)
    values |= _checked({k: v for k, v in (given or {}).items() if v is not None}, "options")
    return Settings(**values)  # type: ignore[arg-type]


def _from_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise InputError(f"the settings cannot be read: {error.strerror}", str(path)) from None
    except ValueError as error:  # no TOML, or no UTF-8
        hint = "Write a setting a line, as in: timeout = 60"
        raise InputError(f"this is no TOML: {error}", str(path), hint) from None


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    names = {k.removeprefix(PREFIX).lower(): v for k, v in environment.items() if k.startswith(PREFIX)}
    return {k: v for k, v in names.items() if k not in _NOT_SETTINGS}


def _checked(values: Mapping[str, object], where: str, prefix: str = "") -> dict[str, object]:
    """``values`` in their own types; raises ``InputError`` naming the setting that is wrong."""
    checked: dict[str, object] = {}
    for name, value in values.items():
        shown = (prefix + name.upper()) if prefix else name
        if name not in _KINDS:
            allowed = ", ".join(prefix + n.upper() if prefix else n for n in NAMES)
            raise InputError(f"there is no setting {shown}", where, f"Settings: {allowed}.")
        checked[name] = _value(name, value, f"{where}: {shown}")
    return checked


def _value(name: str, value: object, where: str) -> object:
    kind = _KINDS[name]
    if kind is Path:
        if not isinstance(value, str | Path) or not str(value):
            raise InputError(f"{value!r} is no file name", where)
        return Path(value)
    try:
        number = kind(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
    except (ValueError, OverflowError):
        number = None
    if number is None or not 0 < number < 1e9:
        what = "a whole number" if kind is int else "a number"
        raise InputError(f"{value!r} is not {what} above 0", where)
    return number
