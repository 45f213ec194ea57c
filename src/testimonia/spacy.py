"""Times as a component of a spaCy pipeline (``pip install testimonia[spacy]``).

::

    nlp = spacy.blank("en")
    nlp.add_pipe("testimonia_times")
    doc = nlp("The bridge opened on 4 May 1921.")
    [(span.text, span.label_, span._.time["edtf"]) for span in doc.spans["times"]]

Each time expression is a span in ``doc.spans["times"]`` with the TIMEX3 type as its label and the value as its
identifier (``kb_id_``); all that is known of it is in ``span._.time``, by the names of ``TimeExpression``. The day on
which a text was written is given to the component for all texts, or to one:

::

    doc = nlp.make_doc("She resigned yesterday.")
    doc._.document_date = "1998-02-12"
    doc = nlp(doc)
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span

from testimonia import times


class Times:
    """The component. ``document_date``: YYYY-MM-DD, for texts that have no day of their own; ``spans_key``: where the
    spans are put; ``language``: one of ``testimonia.times.languages()``.

    Raises ``InputError`` for a date that is no day, and a language without rules.
    """

    def __init__(self, document_date: str | None, spans_key: str, language: str) -> None:
        times.find("", document_date, language=language)
        self.document_date = document_date
        self.spans_key = spans_key
        self.language = language
        for holder, name in ((Doc, "document_date"), (Span, "time")):
            if not holder.has_extension(name):
                holder.set_extension(name, default=None)

    def __call__(self, doc: Doc) -> Doc:
        day = doc._.document_date or self.document_date
        spans = []
        for time in times.find(doc.text, day, language=self.language):
            # Tokens of spaCy may be cut otherwise: 1922-24 is one.
            span = doc.char_span(time.start, time.end, time.type, time.value, alignment_mode="expand")
            span._.time = asdict(time)
            spans.append(span)
        doc.spans[self.spans_key] = spans
        return doc


def make(nlp: Language, name: str, document_date: str | None, spans_key: str, language: str | None) -> Any:
    """The factory behind ``nlp.add_pipe("testimonia_times")``; the language is that of the pipeline, if not given."""
    return Times(document_date, spans_key, language or nlp.lang)


Language.factory(
    "testimonia_times", default_config={"document_date": None, "spans_key": "times", "language": None}, func=make
)
