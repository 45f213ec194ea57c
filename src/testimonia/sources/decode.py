"""Bytes to text: which encoding, or a reason why it is none."""

from __future__ import annotations

import codecs
import re

from testimonia.errors import Refused

# Longest first: the UTF-32 mark begins with the UTF-16 one. Each codec takes its mark off again when decoding.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
_MOST_CONTROLS = 0.003  # share of bytes; a stray one in a page of text is a blemish, more is not a text
_SAMPLE = 1 << 16  # bytes; enough to tell encodings apart, and detection stays quick on any file
_SIGNATURES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database"),
)
_DECLARED = re.compile(rb"""<meta[^>]{0,500}?charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
# Labels that the web reads otherwise than their name says (WHATWG Encoding).
_WEB_LABELS = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "iso8859-9": "cp1254"}
_TEXT_CODECS = re.compile(
    r"cp\d+|iso8859-\d+|koi8-[ru]|mac-\w+|gb18030|big5\w*|euc_\w+|shift_jis\w*|utf-8|johab|tis-620"
)
_JOINS = "’‘´·—–…“”\xad"  # what stands between two letters in Western texts; "Wa³êsa" is Polish read wrongly
_HIGH_SHARE = 0.25  # of letters; Western languages stay below, other scripts far above


def decode(content: bytes, where: str, html: bool = False) -> tuple[str, str]:
    """(encoding, text): ``content.decode(encoding) == text``, nothing else changed.

    Raises ``Refused`` for an empty file, for what is no text, and for bytes that no encoding explains.
    """
    if not content:
        raise Refused("the file is empty", where, "Nothing can be read from it.")
    _refuse_known_binary(content, where)
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _marked(content, encoding, where)
    wide = _wide(content[:_SAMPLE])
    if wide:
        return _marked(content, wide, where)
    controls = len(content) - len(content.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(content):
        what = f"this is no text: {controls:,} of {len(content):,} bytes are control characters"
        raise Refused(what, where, "If it is a text, save it as UTF-8 and read it again.")
    try:
        return "utf-8", content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _legacy(content, where, html, error.start)


def looks_like_text(head: bytes) -> bool:
    """Whether the first bytes of a file could be those of a text."""
    if any(head.startswith(s) for s, _ in _SIGNATURES):
        return False
    if any(head.startswith(mark) for mark, _ in _MARKS) or _wide(head):
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) <= _MOST_CONTROLS * len(head)


def _refuse_known_binary(content: bytes, where: str) -> None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise Refused(f"this is {kind}, not a text", where, "Save it as text or HTML and read that.")


def _marked(content: bytes, encoding: str, where: str) -> tuple[str, str]:
    try:
        return encoding, content.decode(encoding)
    except UnicodeDecodeError as error:
        name = encoding.removesuffix("-sig").upper()
        what = f"the file begins as {name}, but byte {error.start:,} is not"
        raise Refused(what, where, "Save it anew as UTF-8 and read it again.") from None


def _wide(sample: bytes) -> str | None:
    """The name of UTF-16 without its mark: every other byte of most texts is then zero."""
    pairs = len(sample) // 2
    for encoding, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zeros.count(0) > 0.4 * pairs and others.count(0) <= _MOST_CONTROLS * pairs:
            return encoding
    return None


def _legacy(content: bytes, where: str, html: bool, bad: int) -> tuple[str, str]:
    """The encoding of bytes that are no UTF-8; ``bad`` is the first byte that shows it."""
    if _is_broken_utf8(content):
        what = f"byte {bad:,} (0x{content[bad]:02X}) is not valid UTF-8, though the rest of the file is"
        raise Refused(what, where, "Correct that place or save the file anew as UTF-8.")
    candidates = [_declared(content)] if html else []
    if _is_western(content):
        candidates.append("cp1252")
    for encoding in [*candidates, None]:
        name = encoding or _detected(content)
        if name:
            try:
                return name, content.decode(name)
            except UnicodeDecodeError:
                continue
    what = f"its encoding cannot be told: byte {bad:,} (0x{content[bad]:02X}) is not valid UTF-8"
    raise Refused(what, where, "Save it as UTF-8 and read it again.")


def _is_broken_utf8(content: bytes) -> bool:
    """Whether there are more whole UTF-8 sequences than bytes outside them: no other encoding looks like that."""
    good = bad = 0
    for char in content.decode("utf-8", "surrogateescape"):
        if char > "\x7f":
            if "\udc80" <= char <= "\udcff":
                bad += 1
            else:
                good += 1
    return good > bad


def _declared(content: bytes) -> str | None:
    match = _DECLARED.search(content[:4096])
    if not match:
        return None
    try:
        name = codecs.lookup(match.group(1).decode("ascii", "replace")).name
    except (LookupError, ValueError):
        return None
    name = _WEB_LABELS.get(name, name)
    return name if _TEXT_CODECS.fullmatch(name) else None


def _is_western(content: bytes) -> bool:
    """Whether read as Windows-1252 the high bytes stand where letters and marks of Western languages stand."""
    sample = _around_high_bytes(content)
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return False
    high = [i for i, c in enumerate(text) if c > "\x7f"]
    letters = sum(c.isalpha() for c in text)
    if sum(text[i].isalpha() for i in high) > _HIGH_SHARE * letters:
        return False
    marks = sum(
        text[i - 1 : i].isalpha() and text[i + 1 : i + 2].isalpha() and not text[i].isalpha() and text[i] not in _JOINS
        for i in high
    )
    return marks <= 0.2 * len(high)


def _around_high_bytes(content: bytes) -> bytes:
    """A sample of at most ``_SAMPLE`` bytes: the lines that hold bytes above 0x7F, or the stretch after the first."""
    lines = [line for line in content[: 1 << 22].split(b"\n") if not line.isascii()]
    sample = b"\n".join(lines)[:_SAMPLE]
    if sample:
        return sample
    first = next(i for i in range(1 << 22, len(content)) if content[i] > 0x7F)
    return content[first : first + _SAMPLE]


def _detected(content: bytes) -> str | None:
    from charset_normalizer import from_bytes  # takes long to import, and most files are UTF-8

    best = from_bytes(_around_high_bytes(content)).best()
    if best is None or best.encoding in ("utf_8", "ascii") or best.encoding.startswith(("utf", "cp037", "cp500")):
        return None
    return codecs.lookup(best.encoding).name
