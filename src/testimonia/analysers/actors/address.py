"""Mr. Kessler, Mrs. Kessler and Miss Kessler: one surname, kept apart by what stands before it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from testimonia.analysers.actors.chains import ADDRESSED, Named
from testimonia.analysers.actors.kinds import NOTHING, ORGANISATION, PERSON, PLACE, cased
from testimonia.analysers.actors.lists import Lists
from testimonia.analysers.actors.tokens import Tokens

_MAN, _WOMAN = "m", "f"
_NO_PERSON = (NOTHING, ORGANISATION, PLACE)


def with_addresses(words: Tokens, named: Sequence[Named], firsts: Sequence[int], lists: Lists) -> None:
    """Gives bare surnames a key by their form of address, where persons of both sexes or two forms share the surname.

    ``firsts`` are the numbers of the names' first words. Without a form of address it is the man's, where there is one.
    """
    families: dict[str, _Family] = defaultdict(_Family)
    found: list[tuple[str, str]] = []
    for name, first in zip(named, firsts, strict=True):
        parts = name.key.split()
        form, written = _address(words, first, lists) if name.kind not in _NO_PERSON else ("", "")
        found.append((parts[-1], form))
        if form:
            families[parts[-1]].forms.setdefault(form, written)
        if len(parts) > 1 and name.kind == PERSON:
            sex = lists.sexes.get(cased(name.words[0]), "") or lists.address_sexes.get(form, "")
            families[parts[-1]].full.setdefault(name.key, (sex, form))
    for name, (surname, form) in zip(named, found, strict=True):
        if " " not in name.key and name.kind not in _NO_PERSON and families[surname].is_apart(lists):
            _set(name, surname, families[surname], form or families[surname].of_man(lists), lists)


class _Family:
    """The forms of address of a surname, {class: as written}, and its full names, {key: (sex, form of address)}."""

    def __init__(self) -> None:
        self.forms: dict[str, str] = {}
        self.full: dict[str, tuple[str, str]] = {}

    def is_apart(self, lists: Lists) -> bool:
        sexes = {lists.address_sexes[form] for form in self.forms}
        sexes |= {sex for sex, _ in self.full.values() if sex}
        return bool(self.forms) and (len(self.forms) > 1 or len(sexes) > 1)

    def of_man(self, lists: Lists) -> str:
        return next((form for form in self.forms if lists.address_sexes[form] == _MAN), "")

    def owner(self, form: str, lists: Lists) -> str | None:
        """The one full name to which a form of address can belong."""
        sex = lists.address_sexes[form]
        able = [key for key, (own, address) in self.full.items() if own == sex and address in ("", form)]
        if sex == _WOMAN and len(self.forms) > 1:
            married = any(other != form and lists.address_sexes[other] == _WOMAN for other in self.forms)
            if married:  # Mrs. Kessler beside Miss Kessler: a first name alone does not tell which of them
                able = [key for key in able if self.full[key][1] == form]
        return able[0] if len(able) == 1 else None


def _address(words: Tokens, first: int, lists: Lists) -> tuple[str, str]:
    """The class of the form of address before a name, and how it is written; ("", "") where there is none."""
    if not first or words.gap[first] not in (" ", ". ") or not words.capital[first - 1]:
        return "", ""
    if words.gap[first] == ". " and words.word[first - 1] not in lists.after_address:
        return "", ""
    form = lists.surname_address.get(words.lower[first - 1], "")
    return (form, words.word[first - 1] + words.gap[first].rstrip()) if form else ("", "")


def _set(name: Named, surname: str, family: _Family, form: str, lists: Lists) -> None:
    """The key of the one full name that bears the form of address, or a key of its own."""
    if not form:
        return
    name.kind = PERSON
    owner = family.owner(form, lists)
    if owner is not None:
        name.key = owner
    else:
        name.key, name.address = f"{form}{ADDRESSED}{surname}", family.forms[form]
