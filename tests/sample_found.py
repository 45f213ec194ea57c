"""What is found in the sample archive, held against its planted truth; entries marked hard are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from sample_truth import fold, pieces, truth

from testimonia import pipeline, sample
from testimonia.findings import Findings
from testimonia.sources import documents_of, read_source
from testimonia.text import Document

LIMIT = 1 << 20  # bytes, far above any file of the archive
_MARKS = '“”‘’"«» '


@cache
def found() -> dict[str, tuple[tuple[Document, Findings], ...]]:
    """{file: its documents with their findings}."""
    folder = sample.folder()
    files = sorted({entry["file"] for entry in truth()["documents"]})
    return {
        file: tuple((d, pipeline.analyse(d)) for d in documents_of(read_source(folder / file, LIMIT))) for file in files
    }


def missed(section: str) -> list[str]:
    """The planted entries of a section that are not found, in words; ``section``: quotations, times, actors, offices,
    events."""
    entries = [entry for entry in truth()[section] if not entry.get("hard")]
    return [f"{entry['file']}: {pieces(entry)[0]}" for entry in entries if not _FOUND[section](entry)]


def planted(section: str) -> int:
    """How many entries of a section are not hard."""
    return sum(not entry.get("hard") for entry in truth()[section])


def _texts(entry: dict[str, Any]) -> Iterator[tuple[str, Findings]]:
    yield from ((d.text, f) for d, f in found()[entry["file"]])


def _bare(words: Iterable[str]) -> list[str]:
    return [bare for w in words if (bare := fold(w).strip(_MARKS))]


def _quotation(entry: dict[str, Any]) -> bool:
    """The same words, kind and speaker's name; paragraphs of one quotation may be one span or several."""
    wanted = " ".join(_bare(pieces(entry)))
    for text, findings in _texts(entry):
        for q in findings.quotations:
            words = " ".join(_bare(part for s in q.spans for part in text[s.start : s.end].split("\n\n")))
            if words == wanted and q.kind == entry["kind"]:
                return _named(entry["speaker"], q.speaker_name, text)
    return False


def _named(wanted: str | None, name: str | None, text: str) -> bool:
    """Whether it is the name in full; the surname will do where the document has no more."""
    if wanted is None or name == wanted:
        return True
    return bool(name) and wanted not in fold(text) and wanted.split()[-1] == name


def _time(entry: dict[str, Any]) -> bool:
    """A time expression in those words (it may reach beyond them) with that value or type."""
    for text, findings in _texts(entry):
        folded = fold(text)
        if entry.get("in", entry["words"]) not in folded:
            continue
        for t in findings.times:
            near = fold(text[max(0, t.start - 60) : t.end + 60])
            words = fold(text[t.start : t.end])
            shares = entry["words"] in words or words in entry["words"]
            if shares and entry.get("in", entry["words"])[:20] in near and _value(entry, t.type, t.edtf, t.earliest):
                return True
    return False


def _value(entry: dict[str, Any], kind: str, edtf: str | None, earliest: str | None) -> bool:
    if "day" in entry:
        return bool(earliest == entry["day"])
    if "is" in entry:
        return bool((edtf or "").split("T")[0].rstrip("~") == entry["is"])
    return bool(kind == entry["type"])


def _actor(entry: dict[str, Any]) -> bool:
    actors = [a for _, findings in _texts(entry) for a in findings.actors]
    return any(a.name.endswith(entry["name"]) and a.kind == entry["kind"] for a in actors)


def _office(entry: dict[str, Any]) -> bool:
    for text, findings in _texts(entry):
        names = {a.id: a.name for a in findings.actors}
        for o in findings.offices:
            words = fold(text[o.office.start : o.office.end])
            same_post = words in entry["words"] or entry["words"] in words
            same_term = (entry.get("since"), entry.get("until")) == (o.since, o.until)
            if same_post and same_term and names[o.actor].endswith(entry["holder"]):
                return True
    return False


def _event(entry: dict[str, Any]) -> bool:
    return any(
        entry["words"] in fold(text[e.start : e.end]) and (entry["on"] in (e.when, e.earliest))
        for text, findings in _texts(entry)
        for e in findings.events
    )


_FOUND = {"quotations": _quotation, "times": _time, "actors": _actor, "offices": _office, "events": _event}
