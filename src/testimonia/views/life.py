"""The life of an utterance: what its wordings agree in, as to who said it and where it is taken from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from testimonia.views.common import folded
from testimonia.views.rows import Told, Wording

_Values = tuple[str | None, str | None, str | None]  # name, date, basis


def speakers(wordings: Sequence[Wording]) -> tuple[Told, ...]:
    """Who is said to have said it; a name and its last part are one where no other name ends so."""
    names = {w.speaker for w in wordings if w.speaker}
    quoted = [(i, w.speaker) for i, w in enumerate(wordings) if w.kind != "passage"]
    return _grouped((i, (_fullest(speaker, names), None, None)) for i, speaker in quoted)


def sources(wordings: Sequence[Wording]) -> tuple[Told, ...]:
    """What is cited for it, with the date and of what that is the date."""
    cited = [(i, w) for i, w in enumerate(wordings) if w.work or w.cited_date]
    return _grouped((i, (w.work, w.cited_date, w.cited_basis)) for i, w in cited)


def _fullest(speaker: str | None, names: set[str]) -> str | None:
    if speaker is None:
        return None
    longer = {name for name in names if (folded(name) or "").endswith(f" {folded(speaker)}")}
    return longer.pop() if len(longer) == 1 else speaker


def _grouped(told: Iterable[tuple[int, _Values]]) -> tuple[Told, ...]:
    groups: dict[_Values, list[int]] = {}
    first: dict[_Values, _Values] = {}
    for index, values in told:
        key = (folded(values[0]), values[1], values[2])
        first.setdefault(key, values)
        groups.setdefault(key, []).append(index)
    found = [Told(*first[key], tuple(indexes)) for key, indexes in groups.items()]
    return tuple(sorted(found, key=lambda t: (-len(t.wordings), t.wordings)))
