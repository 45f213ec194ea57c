"""The sample archive that comes with the package: an invented affair, told by those who were there and by others."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def folder() -> Path:
    """The folder of the sample archive's files; raises ``FileNotFoundError`` where the package is not unpacked."""
    path = Path(str(files(__name__) / "archive"))
    if not path.is_dir():
        raise FileNotFoundError(f"{path} is no folder: the sample archive needs an unpacked package")
    return path
