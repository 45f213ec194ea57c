"""Whatever an address holds, a page answers it: with what was found, or with a sentence."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

FIELDS = {
    "/documents": ("category", "publisher", "author", "page"),
    "/search": ("q", "page"),
    "/quotations": ("speaker", "about", "kind", "document", "page"),
    "/chronology": (
        *("from", "to", "actor", "type", "voice", "factuality"),
        *("basis", "document", "within", "unfold", "page"),
    ),
    "/actors": ("name", "kind", "page"),
    "/copies": ("document", "kind", "page"),
    "/conflicts": ("kind", "severity", "page"),
    "/trace": ("words",),
}
VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text("\"'%_*()^:-+{}\\\0\n\x1b\u202e“”<>&/.~?X0129", max_size=12),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(
        [
            "AND",
            "a OR b",
            "NEAR(a b)",
            "0000",
            "9999-99",
            "-0500",
            "20th century",
            "1921/..",
            "direct",
            "<script>",
            "ledger",
            "person",
            "speech",
            "office",
            "all",
            "spring 1921",
            "490 BC",
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FIELDS)), st.data())
def test_any_question(client: TestClient, page: str, data: st.DataObject) -> None:
    asked = {name: data.draw(VALUES, name) for name in FIELDS[page] if data.draw(st.booleans())}
    answer = client.get(f"{page}?{urlencode(asked)}")
    assert answer.status_code in (200, 400)
    assert "<main" in answer.text
    assert "database says" not in answer.text
    assert "<script" not in answer.text


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["/documents/", "/copies/", "/conflicts/", "/static/", "/"]), VALUES, st.binary(max_size=8))
def test_any_path(client: TestClient, page: str, words: str, odd: bytes) -> None:
    for path in (quote(words, safe=""), quote(odd, safe=""), f"..%2f{quote(words)}"):
        answer = client.get(page + path, follow_redirects=False)
        assert answer.status_code in (200, 307, 404)
        assert client.head(page + path, follow_redirects=False).status_code == answer.status_code


@settings(max_examples=50, deadline=None)
@given(VALUES)
def test_any_place_in_a_document(client: TestClient, at: str) -> None:
    document = client.get("/documents").text.partition('href="/documents/')[2].partition('"')[0].partition("?")[0]
    assert client.get(f"/documents/{document}?{urlencode({'at': at})}").status_code == 200
