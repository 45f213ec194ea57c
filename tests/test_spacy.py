"""Times as a component of a spaCy pipeline. spaCy is no part of the development environment: it is large."""

from __future__ import annotations

import pytest

from testimonia.errors import InputError

spacy = pytest.importorskip("spacy", reason="spaCy is not installed (pip install spacy)")

from spacy.tokens import Doc, DocBin  # noqa: E402

import testimonia.spacy  # noqa: E402, F401  a pipeline finds the component by itself where the package is installed


def values(doc: Doc, key: str = "times") -> list[str]:
    return [span.kb_id_ for span in doc.spans[key]]


def test_spans_of_a_text() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("testimonia_times", config={"document_date": "1998-02-12"})
    doc = nlp("The bridge opened on 4 May 1921. The mayor resigned yesterday.")
    spans = doc.spans["times"]
    assert (spans[0].text, spans[0].label_, spans[0].kb_id_) == ("4 May 1921", "DATE", "1921-05-04")
    assert spans[0]._.time["earliest"] == "1921-05-04"
    assert spans[1].text == "yesterday"


def test_each_text_may_have_its_day() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("testimonia_times")
    doc = nlp.make_doc("She resigned yesterday.")
    doc._.document_date = "1998-02-12"
    assert values(nlp(doc)) == ["1998-02-11"]
    assert values(nlp("She resigned yesterday.")) == ["XXXX-XX-XX"]


def test_tokens_that_are_cut_otherwise_and_texts_without_any() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("testimonia_times")
    doc = nlp("Closed 1922-24, in the 1930s.")
    assert values(doc) == ["1922", "1924", "193X"]
    assert values(nlp("")) == []


def test_the_language_is_that_of_the_pipeline() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("testimonia_times", config={"spans_key": "zeiten"})
    assert values(nlp("Am 4. Mai 1921 kam er."), "zeiten") == ["1921-05-04"]
    with pytest.raises(InputError, match="no rules for times in 'fr'"):
        spacy.blank("fr").add_pipe("testimonia_times")


def test_what_is_found_is_stored_with_the_document() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("testimonia_times")
    stored = DocBin(docs=[nlp("Opened on 4 May 1921.")], store_user_data=True).to_bytes()
    doc = next(iter(DocBin().from_bytes(stored).get_docs(nlp.vocab)))
    assert doc.spans["times"][0]._.time["edtf"] == "1921-05-04"
