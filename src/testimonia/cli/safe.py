"""What reaches a terminal: no control character of a hostile text may steer it."""

from __future__ import annotations

import re
import sys
from typing import Any

# Control characters, half characters, and marks that turn the direction of writing.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def safe(words: str) -> str:
    """The words with each unsafe character replaced by one that shows where it stood; line ends stay."""
    return _UNSAFE.sub(_picture, words)


def _picture(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code == 9:
        return " "
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def safe_json(line: bytes) -> bytes:
    """The same JSON, with what a terminal might obey written as escapes: nothing is lost."""
    return _IN_JSON.sub(lambda m: f"\\u{ord(m.group()):04x}", line.decode()).encode()


def one_line(words: str, length: int = 240) -> str:
    """The words on one line, cut to ``length`` code points."""
    flat = " ".join(words[: 4 * length].split())
    return safe(flat if len(flat) <= length and len(words) <= 4 * length else flat[: length - 1].rstrip() + "…")


def in_line(words: str) -> str:
    """The words made safe, on one line whatever is in them: a file's name cannot pass for a line of its own."""
    return safe(words).replace("\n", "␊")


def complain(sentence: str) -> None:
    """A sentence on standard error."""
    print(in_line(sentence), file=sys.stderr, flush=True)  # noqa: T201


def say(sentence: str = "") -> None:
    """A sentence on standard output."""
    print(safe(sentence), flush=True)  # noqa: T201


def write(line: bytes) -> None:
    """A line for other programs on standard output; on a terminal it is made safe first."""
    output: Any = sys.stdout
    output.flush()
    output.buffer.write(safe_json(line) if output.isatty() else line)
