"""Side by side: what is the same, what differs; and nothing is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from testimonia.views.compare import compare

WORDS = st.text(alphabet=st.sampled_from("ab cd.,“\n"), max_size=40)


@given(WORDS, WORDS)
def test_the_stretches_are_the_texts(a: str, b: str) -> None:
    left, right = compare(a, b)
    assert "".join(s.words for s in left) == a
    assert "".join(s.words for s in right) == b


@given(WORDS)
def test_a_text_equals_itself(a: str) -> None:
    left, right = compare(a, a)
    assert left == right
    assert all(s.same for s in left if any(c.isalnum() for c in s.words))


def test_words_that_differ() -> None:
    left, right = compare("The crane stood for forty days", "the crane stood for thirty days")
    assert [s.words.strip() for s in left if not s.same] == ["forty"]
    assert [s.words.strip() for s in right if not s.same] == ["thirty"]
