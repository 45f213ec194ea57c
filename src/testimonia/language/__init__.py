"""Word lists and rules as data: one folder a language, one YAML file an analyser, checked on load.

An analyser declares the form of its file as a ``msgspec.Struct`` and calls ``read``. A new language is a new folder
with the same files, or for a beginning with some of them (``known``). What was trained lies beside them as ``.npz`` and
is read with ``arrays``.
"""

from __future__ import annotations

import hashlib
import zipfile
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from testimonia.errors import RuleError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Rules = TypeVar("Rules")


@cache
def read(code: str, name: str, form: type[Rules]) -> Rules:
    """The rules ``language/<code>/<name>.yml``, checked against ``form``; raises ``RuleError`` naming the entry."""
    file = resources.files(__name__) / code / f"{name}.yml"
    where = f"language/{code}/{name}.yml"
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        known_codes = ", ".join(languages())
        raise RuleError("there is no such rule file", where, f"Languages with rules: {known_codes}.") from None
    try:
        return msgspec.yaml.decode(content, type=form)
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        hint = "Correct the entry that is named; the head of the file says what is allowed."
        raise RuleError(str(error), where, hint) from None


def arrays(code: str, name: str) -> dict[str, NDArray[np.generic[Any]]] | None:
    """The arrays of ``language/<code>/<name>.npz``; None where the language has no such file."""
    import numpy as np  # not needed by commands that analyse nothing

    file = resources.files(__name__) / code / f"{name}.npz"
    if not file.is_file():
        return None
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
            return {key: stored[key] for key in stored.files}
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        hint = "Install the package again, or train the weights again (folder training/)."
        raise RuleError(f"the weights cannot be read: {error}", f"language/{code}/{name}.npz", hint) from None


@cache
def languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder."""
    folders = (p for p in resources.files(__name__).iterdir() if p.is_dir())
    return tuple(sorted(p.name for p in folders if not p.name.startswith("_")))


@cache
def digests(code: str) -> dict[str, str]:
    """{file name: first 16 hex digits of its SHA-256}: recorded with each run, so that results can be explained."""
    folder = resources.files(__name__) / code
    files = sorted((p for p in folder.iterdir() if p.name.endswith((".yml", ".npz"))), key=lambda p: p.name)
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest()[:16] for p in files}


def known(code: str, name: str = "sentences") -> str:
    """``code`` if it has the rules ``name``, else ``en``: what has no rules of its own is read with the English ones.

    A language may begin with some of the files. What needs no file of its own asks for ``sentences``, which a language
    that is read by more than one analyser must have.
    """
    return code if name in rules_of(code) else "en"


def coverage(code: str) -> str | None:
    """A sentence on what a language has no rules for; None for one that has all of them."""
    own, all_of_them = rules_of(code), rules_of("en")
    if set(own) >= set(all_of_them):
        return None
    if not own:
        return f"There are no rules for the language {code}: its texts were read with the English ones."
    return f"There are rules for {', '.join(own)} only in the language {code}: all else was read with the English ones."


@cache
def rules_of(code: str) -> tuple[str, ...]:
    """The names of the rule files that a language has, in order; none where it has no folder."""
    if code not in languages():
        return ()
    files = (resources.files(__name__) / code).iterdir()
    return tuple(sorted(p.name.removesuffix(".yml") for p in files if p.name.endswith(".yml")))
