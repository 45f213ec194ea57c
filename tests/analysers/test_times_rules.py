"""The code of times knows no language: it asks for classes of words, and the rules have them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from testimonia import language, times
from testimonia.analysers import times as analyser
from testimonia.analysers.times.lexicon import lexicon
from testimonia.errors import RuleError

FILES = sorted(Path(analyser.__file__ or "").parent.glob("*.py"))
ASKS = {"all", "any", "has", "word", "number", "get", "of"}
CODES = times.languages()


def asked(path: Path) -> set[str]:
    """The classes that a file names where it asks a match for them."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    asks = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in ASKS]
    words = {a.value for call in asks for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)}
    return {word for word in words if re.fullmatch("[a-z ]+", word)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_no_word_of_a_language_stands_in_the_code(path: Path) -> None:
    """A class in quotation marks is one word of the patterns."""
    assert not re.findall(r"[\"']'[^\W\d_]+'[\"']", path.read_text(encoding="utf-8"))


def test_every_class_that_is_asked_for_is_one_of_a_language() -> None:
    known = {name for code in CODES for own in lexicon(code).classes.values() for name in own}
    wanted = set().union(*(asked(path) for path in FILES))
    assert len(wanted) > 30
    assert wanted <= known, f"no language has {wanted - known}"


@pytest.mark.parametrize("code", CODES)
def test_rules_of_a_language(code: str) -> None:
    rules = lexicon(code).rules
    assert {form.build for form in rules.forms} <= set(analyser.BUILDERS)
    assert set(rules.cased) <= set(rules.words), "a class with capitals that has no words"
    assert set(rules.inflected) <= set(rules.words)
    patterns = " ".join([*rules.parts.values(), *(form.pattern for form in rules.forms)])
    unused = {name for name in rules.parts if not re.search(rf"\b{name}\b", patterns)}
    assert not unused, "parts that no form uses"


def test_a_rule_that_names_no_class_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = lexicon("en").rules
    broken = type(rules)(
        **{name: getattr(rules, name) for name in rules.__struct_fields__ if name != "parts"},
        parts={**rules.parts, "WD": "weekdey"},
    )
    monkeypatch.setattr(language, "read", lambda *_: broken)
    with pytest.raises(RuleError, match=r"language/xx/times\.yml: no word is of the class weekdey"):
        lexicon("xx")
