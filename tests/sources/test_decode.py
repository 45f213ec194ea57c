"""Encodings: which one, and which refusal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testimonia.errors import Refused
from testimonia.sources import decode

FRENCH = "L’été, les élèves relisent « Candide » à l’ombre — où ça ? Près de la forêt. " * 20
RUSSIAN = "В субботу вечером в порту нашли книгу, которую никто не искал; её отнесли сторожу. " * 20
POLISH = "Wałęsa mówił o książce, którą wszyscy chcieli znać, a nikt jej nie widział. Żółta łódź płynęła. " * 20


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("plain", "ascii", "utf-8"),
        (FRENCH, "utf-8", "utf-8"),
        (FRENCH, "utf-8-sig", "utf-8-sig"),
        (FRENCH, "utf-16", "utf-16"),
        (FRENCH, "utf-32", "utf-32"),
        (FRENCH, "utf-16-le", "utf-16-le"),
        (FRENCH, "utf-16-be", "utf-16-be"),
        (FRENCH, "cp1252", "cp1252"),
        ("The dockers’ wives said “no”.", "cp1252", "cp1252"),
        (RUSSIAN, "cp1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (POLISH, "cp1250", "cp1250"),
    ],
)
def test_texts_in_many_encodings(text: str, encoding: str, found: str) -> None:
    assert decode(text.encode(encoding), "a file") == (found, text)


def test_what_a_page_declares_counts_where_it_is_no_utf8() -> None:
    page = '<html><head><meta charset="windows-1251"><p>' + "Порт"
    assert decode(page.encode("cp1251"), "p", html=True) == ("cp1251", page)
    assert decode(page.encode("utf-8"), "p", html=True) == ("utf-8", page)
    assert decode(page.replace("windows-1251", "zlib").encode("cp1251"), "p", html=True)[0] != "zlib"


def test_line_ends_and_form_feeds_stay() -> None:
    assert decode(b"a\r\nb\rc\fd\n", "f") == ("utf-8", "a\r\nb\rc\fd\n")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.4\n%abc", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (bytes(range(256)) * 20, "control characters"),
        (b"text\x00\x01\x02" * 200, "control characters"),
        ("Ça, c’est vrai. ".encode() * 30 + b"\xff" + "Évidemment.".encode(), "byte 570 \\(0xFF\\) is not valid UTF-8"),
        (b"\xef\xbb\xbfabc\xff", "begins as UTF-8, but byte"),
        (b"\xff\xfea\x00\x00\xd8", "begins as UTF-16, but byte"),
    ],
)
def test_refusals_say_what_where_and_what_next(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason) as caught:
        decode(content, "notes.txt")
    assert caught.value.where == "notes.txt"
    assert caught.value.hint


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_decode_again_or_are_refused(content: bytes) -> None:
    try:
        encoding, text = decode(content, "a file")
    except Refused:
        return
    assert content.decode(encoding) == text
