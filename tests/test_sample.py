"""The planted truth stands in the sample archive, word for word."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from sample_truth import pieces, truth, visible

from testimonia import findings, sample

PAIRS = ("copies", "conflicts", "no_conflicts")
ALONE = tuple(name for name in truth() if name not in PAIRS)
MANY_TIMES = ("actors", "offices")  # a name or post may stand in its file as often as it likes, but must stand there


def _entries(*sections: str) -> list[Any]:
    return [pytest.param(n, e, id=f"{n}-{i}") for n in sections for i, e in enumerate(truth()[n])]


def _stands(entry: dict[str, Any], at_least_once: bool = False) -> None:
    text = visible(entry["file"])
    if "in" in entry:
        assert text.count(entry["in"]) == 1, (
            f"{entry['in']!r} stands {text.count(entry['in'])} times in {entry['file']}"
        )
        text = entry["in"]
    for words in pieces(entry):
        count = text.count(words)
        assert count == 1 or (at_least_once and count), f"{words!r} stands {count} times in {entry['file']}"


@pytest.mark.parametrize(("section", "entry"), _entries(*ALONE))
def test_words_stand_in_the_file(section: str, entry: dict[str, Any]) -> None:
    _stands(entry, at_least_once=section in (*MANY_TIMES, "documents"))


@pytest.mark.parametrize(("section", "entry"), _entries(*PAIRS))
def test_both_sides_stand_in_their_files(section: str, entry: dict[str, Any]) -> None:
    _stands(entry["a"])
    _stands(entry["b"])


def test_every_file_has_its_documents_and_every_document_its_file() -> None:
    folder = sample.folder()
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {entry["file"] for entry in truth()["documents"]} == files


def test_documents_of_a_file_stand_in_order_of_the_list() -> None:
    for file, count in Counter(entry["file"] for entry in truth()["documents"]).items():
        places = [visible(file).index(e["opens"]) for e in truth()["documents"] if e["file"] == file]
        assert places == sorted(places)
        assert len(set(places)) == count


def test_values_are_those_of_the_findings() -> None:
    for entry in truth()["quotations"]:
        assert entry["kind"] in findings.QUOTATION_KINDS
    for entry in truth()["actors"]:
        assert entry["kind"] in findings.ACTOR_KINDS
    for entry in truth()["copies"]:
        assert entry["kind"] in findings.COPY_KINDS
    for entry in truth()["conflicts"]:
        assert entry["kind"] in findings.CONFLICT_KINDS
        assert entry["difference"] in findings.DIFFERENCES
        assert entry["severity"] in findings.SEVERITIES


def test_aliases_stand_in_the_archive() -> None:
    whole = " ".join(visible(file) for file in {entry["file"] for entry in truth()["documents"]})
    for entry in truth()["actors"]:
        for alias in entry.get("aliases", []):
            assert alias in whole


def test_the_archive_is_large_enough_to_show_something() -> None:
    sizes = {section: len(entries) for section, entries in truth().items()}
    assert 15 <= sizes["documents"] <= 25
    assert sizes["quotations"] >= 40
    assert sizes["times"] >= 40
    assert sizes["actors"] >= 25
    assert sizes["events"] >= 20
    files = {entry["file"] for entry in truth()["documents"]}
    assert 8_000 <= sum(len(visible(file).split()) for file in files) <= 13_000
