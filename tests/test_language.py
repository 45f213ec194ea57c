"""Rule files are checked on load, and an error names the file and the entry."""

from __future__ import annotations

import msgspec
import pytest
from typer.testing import CliRunner

from testimonia import language
from testimonia.cli import app
from testimonia.errors import RuleError


class Form(msgspec.Struct, forbid_unknown_fields=True):
    titles: list[int]


def test_a_rule_file_of_the_wrong_form_names_file_and_entry() -> None:
    with pytest.raises(RuleError, match=r"language/en/sentences\.yml.*titles\[0\]"):
        language.read("en", "sentences", Form)


def test_a_missing_rule_file_says_which_languages_there_are() -> None:
    with pytest.raises(RuleError, match=r"language/xx/sentences\.yml: there is no such rule file\. .*en"):
        language.read("xx", "sentences", Form)


def test_languages_and_digests() -> None:
    assert "en" in language.languages()
    digests = language.digests("en")
    assert "sentences.yml" in digests
    assert all(len(d) == 16 for d in digests.values())


def test_a_language_without_rules_is_read_with_the_english_ones() -> None:
    assert language.known("xx") == "en"
    assert language.known("en") == "en"


def test_a_language_may_begin_with_some_of_the_rules() -> None:
    assert language.rules_of("de") == ("times",)
    assert (language.known("de", "times"), language.known("de", "quotations"), language.known("de")) == (
        "de",
        "en",
        "en",
    )
    assert language.coverage("en") is None
    assert language.coverage("de") == (
        "There are rules for times only in the language de: all else was read with the English ones."
    )
    assert language.coverage("fr") == (
        "There are no rules for the language fr: its texts were read with the English ones."
    )


def test_analyse_says_what_was_read_with_rules_of_another_language() -> None:
    lines = [
        '{"id": "a", "text": "Am 4. Mai 1921.", "language": "de-AT"}',
        '{"id": "b", "text": "On 4 May 1921.", "language": "en"}',
        '{"id": "c", "text": "Der 4. Mai.", "language": "de"}',
    ]
    asked = ["analyse", "--documents", "-", "--only", "times", "--jobs", "1"]
    result = CliRunner().invoke(app, asked, input="\n".join(lines))
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 3
    assert result.stderr.splitlines() == [language.coverage("de")]
