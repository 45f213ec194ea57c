"""Rule files are checked on load, and an error names the file and the entry."""

from __future__ import annotations

import msgspec
import pytest

from testimonia import language
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
