"""Builders of forms that point from another time, and of durations, ages, sets and references."""

from __future__ import annotations

from testimonia.analysers.times.clocks import clock_time
from testimonia.analysers.times.lexicon import Tokens
from testimonia.analysers.times.moment import Moment
from testimonia.analysers.times.raw import Match, Raw

_CLOCK_UNITS = {"S", "M", "H"}
_LONGEST = 5000  # units that are counted from a date
# Behind "two days before": what is not told of an event there.
_ENDS = frozenset({"stop", "comma", "close", "break", "semicolon", "colon", "dash", "join", "closequote", "quote"})
_LETTER = {"MO": "M", "DE": "Y", "CE": "Y", "ML": "Y", "F": "W", "N": "D", "Q": "M", "WE": "WE"}
_FACTOR = {"DE": 10, "CE": 100, "ML": 1000, "F": 2, "Q": 3}


def amount_of(match: Match) -> float | None:
    """The number of a quantity; None for "a few"."""
    counted = any(match.tokens.classes(i) & {"int", "number", "tens", "hundred", "amount"} for i in match)
    if match.all("few") and not counted:
        return None
    if match.has("couple"):
        return 2
    if match.has("vague") and not counted:
        return None
    total, found, article = 0.0, False, False
    for i in match:
        own = match.tokens.classes(i)
        if own & {"unit", "units"} and (found or article):
            break
        article = article or "article" in own
        if "amount" in own:
            total, found = _decimal(match.tokens, i), True
        elif "slant" in own:
            numerator, denominator = (int(match.tokens.value(k, "int")) for k in (i - 1, i + 1))
            return total - numerator + numerator / denominator if denominator else None
        elif own & {"int", "number", "tens"}:
            name = next(n for n in ("int", "number", "tens") if n in own)
            total, found = total + int(match.tokens.value(i, name)), True
        elif "hundred" in own:
            total, found = max(total, 1) * int(match.tokens.value(i, "hundred")), True
    if not found and article:
        total, found = 1.0, True
    if match.has("half"):
        total = total + 0.5 if found and (match.has("plus") or not match.all("article")) else 0.5
    return total if found or match.has("half") else None


def _decimal(tokens: Tokens, i: int) -> float:
    """1,500 and 2.5; what is neither is no quantity of time."""
    listed = tokens.lexicon.values.get(("amount", tokens.word(i).lower()))
    if listed is not None:
        return float(listed)
    plain = tokens.word(i).replace(tokens.lexicon.rules.thousands, "").replace(tokens.lexicon.rules.decimal, ".")
    return min(float(plain), 1e9) if plain.count(".") < 2 else 0.0


def period(count: float | None, unit: str) -> str:
    """TIMEX3 of a length: P8Y, PT12H, PXM."""
    letter = _LETTER.get(unit, unit)
    number = "X" if count is None else f"{count * _FACTOR.get(unit, 1):.2f}".rstrip("0").rstrip(".")
    if count is None and unit in ("DE", "CE"):
        number = "XX"
    return ("PT" if unit in _CLOCK_UNITS else "P") + number + letter


def unit_of(match: Match) -> str | None:
    places = match.any("unit", "units", "adjunit")
    # "Second" is an ordinal too; another unit beside it is meant.
    places = [i for i in places if "ordinal" not in match.tokens.classes(i)] or places
    if not places:
        return None
    name = next(n for n in ("unit", "units", "adjunit") if n in match.tokens.classes(places[0]))
    return str(match.tokens.value(places[0], name))


def _hedge(match: Match) -> str | None:
    """More than, at least, about: the first of the language's hedges in the match."""
    hedges = match.tokens.lexicon.hedges
    return next((mod for regex, mod in hedges if regex.search(match.tokens.line, match.first, match.last)), None)


def _second_part(match: Match) -> tuple[float, str] | None:
    """ "And four months" of "a year and four months"."""
    units = [i for i in match if match.tokens.classes(i) & {"unit", "units"}]
    if len(units) < 2:
        return None
    rest = match.part(units[0] + 1, match.last)
    count, unit = amount_of(rest), unit_of(rest)
    return (count, unit) if count is not None and unit else None


def duration(match: Match) -> list[Raw]:
    unit = unit_of(match)
    count = amount_of(match)
    if match.form.value == "ref" and "future" in match.before() and "which" in match.tokens.classes(match.first):
        return []  # it will last forty minutes
    if count is not None and count >= 1000 and match.has("unit") and not match.has("units"):
        return []  # the 1988 quarter
    if unit == "Q" and "genitive" in match.after():
        return []  # a quarter of all
    if unit is None or (unit == "S" and "ordinal" in match.tokens.classes(match.last - 1)):
        return []
    if match.form.value.startswith("P"):
        return [match.raw("fixed", type="DURATION", value=match.form.value)]
    if match.form.value in ("plural", "bare"):
        return [match.raw("fixed", type="DURATION", value=period(None, unit))]
    raw = match.raw("fixed", type="DURATION", value=_whole(match, unit), mod=_hedge(match))
    if match.form.value == "ref" and count is not None and count == int(count) <= _LONGEST:
        step = next((int(match.tokens.value(i, "which")) for i in match.all("which")), 0)
        raw.amount, raw.unit = step * int(count), unit
        raw.anchor = "narrative" if match.all("textual") else ""
    if match.after() & {"genitive"}:
        raw.amount = 0  # the last two weeks of February
    return [raw]


def count_range(match: Match) -> list[Raw]:
    """Two to three weeks: the lower number, or more."""
    places = match.any("int", "number", "tens")
    lower = match.part(match.first, places[1])
    unit = unit_of(match.part(places[1], match.last))
    if unit is None:
        return []
    return [match.raw("fixed", type="DURATION", value=period(amount_of(lower), unit), mod="EQUAL_OR_MORE")]


def _whole(match: Match, unit: str) -> str:
    count = amount_of(match)
    second = _second_part(match)
    if second:
        rest = period(*second)
        if unit not in _CLOCK_UNITS:
            return period(count, unit) + rest.removeprefix("P")
        if second[1] in _CLOCK_UNITS:
            return period(count, unit) + rest.removeprefix("PT")
    return period(count, unit)


def age(match: Match) -> list[Raw]:
    unit = unit_of(match) or "Y"
    if unit == "Q" or (unit == "S" and not match.has("int")):  # twenty-second
        return []
    return [match.raw("fixed", type="DURATION", value=period(amount_of(match), unit))]


def shift(match: Match) -> list[Raw]:
    """Two years later, a week ago, the day before."""
    if match.form.value == "one":
        sign = match.number("beside") or 1
        # The day after the flood; the day after.
        event = match.part(match.last - 1, match.last).has("event") and not (match.after() & _ENDS or match.ends())
        anchor = "event" if event else "narrative"
        return [match.raw("shift", amount=sign, unit=unit_of(match) or "D", anchor=anchor)]
    unit = unit_of(match)
    sign = match.number("ago") or 1
    if unit is None:
        return []
    anchor = "document" if match.has("fromnow") else "narrative"
    count = amount_of(match)
    # Some weeks before a decision, two years on: what they are counted from stands behind them.
    event = match.has("event") and not match.after() & _ENDS and not match.ends()
    if event or match.has("loose"):
        length = match.part(match.first, match.last - 1)
        return [length.raw("fixed", type="DURATION", value=period(count, unit), mod=_hedge(match))]
    if count is None or count != int(count) or count > 5000:
        value = "PAST_REF" if sign < 0 else "FUTURE_REF"
        return [match.raw("fixed", value=value)]
    if unit in _CLOCK_UNITS:
        return [match.raw("fixed", type="DURATION", value=period(count, unit))]
    return [match.raw("shift", amount=sign * int(count), unit=unit, anchor=anchor, mod=_hedge(match))]


def then(match: Match) -> list[Raw]:
    """By then, at that time: the date that the narrative has reached."""
    return [match.raw("then")]


def instant(match: Match) -> list[Raw]:
    """The 4th inst., the 5th ult.: a day of this month, of the last."""
    day = match.number("ordday")
    step = int(match.form.value)
    return [match.raw("which", moment=Moment(day=day), unit="MO", amount=step, anchor="document")]


def bare_shift(match: Match) -> list[Raw]:
    return [match.raw("fixed", value="FUTURE_REF" if (match.number("ago") or 0) > 0 else "PAST_REF")]


def which(match: Match) -> list[Raw]:
    """This year, last October, the following day, that summer, the end of the month, later that week."""
    textual = match.has("textual") or match.definite()
    steps = [int(match.tokens.value(i, "which")) for i in match.all("which")]
    step = next((s for s in steps if s), 0)
    anchor = "narrative" if match.all("textual") else "the" if textual else "document"
    mod = match.word("early") or match.word("edge") or (match.word("latter") if match.has("portion") else None)
    mod = None if match.has("comparative") else mod
    fields: dict[str, object] = {"amount": step, "anchor": anchor, "mod": mod, "edge": match.has("edge")}
    last = match.last - 1
    if "weekday" in match.tokens.classes(match.first):
        last = match.first  # Monday next
    own = match.tokens.classes(last)
    if "month" in own:
        return [match.raw("which", moment=Moment(month=int(match.tokens.value(last, "month"))), unit="MO", **fields)]
    if "season" in own:
        if "fall" in own and match.after() & {"inside", "genitive"}:
            return []  # this fall in prices
        return [match.raw("which", moment=Moment(season=str(match.tokens.value(last, "season"))), unit="SE", **fields)]
    if "weekday" in own:
        return [
            match.raw("which", moment=Moment(weekday=int(match.tokens.value(last, "weekday"))), unit="WD", **fields)
        ]
    if "halfword" in own:
        part = f"T{match.tokens.value(last, 'halfword')}"
        return [match.raw("which", type="TIME", moment=Moment(part=part), unit="D", **fields)]
    unit = str(match.tokens.value(last, "unit"))
    if unit in _CLOCK_UNITS or unit == "ML":
        return []
    # The past decade, over the previous decade: the ten years up to then.
    if unit in ("DE", "CE") and (match.has("stretch") or (step < 0 and "more" in match.before())):
        length = period(1, unit)
        return [match.raw("fixed", type="DURATION", value=length, mod=mod, amount=-1, unit=unit)]
    return [match.raw("which", unit=unit, **fields)]


def quarter(match: Match) -> list[Raw]:
    """The quarter a report speaks of, or the same one of the year before."""
    return [match.raw("quarter", amount=int(match.form.value))]


def weekend(match: Match) -> list[Raw]:
    return [match.raw("weekend")]


def quarter_of(match: Match) -> list[Raw]:
    """This year's third quarter, the year-ago quarter."""
    step = next((int(match.tokens.value(i, "which")) for i in match.all("which")), int(match.form.value or 0))
    number = match.number("quarterord")
    moment = Moment(half=number) if match.has("half") else Moment(quarter=number)
    anchor = "narrative" if match.all("textual") else "document"
    return [match.raw("which", unit="Y", amount=step, anchor=anchor, moment=moment)]


def unit_end(match: Match) -> list[Raw]:
    return [match.raw("which", unit=unit_of(match) or "Y", anchor="the", mod=match.word("edge") or "END", edge=True)]


def that_year(match: Match) -> list[Raw]:
    """August of that year, 4 May of the following year."""
    tail = {"genitive", "comma", "definite", "which"}
    cut = next(i for i in range(match.last - 1, match.first, -1) if not match.tokens.classes(i - 1) & tail)
    date = match.part(match.first, cut)
    steps = [int(match.tokens.value(i, "which")) for i in match.part(cut, match.last).all("which")]
    step = next((s for s in steps if s), 0)
    months = date.all("month")
    moment = Moment(month=date.number("month"), season=None if months else date.word("season"))
    days = date.all("day") + date.all("ordday")
    if days:
        moment = Moment(month=moment.month, day=date.day_at(days[0]))
    mod = date.word("early") or date.word("edge") or date.word("latter")
    anchor = "narrative" if match.all("textual") else "document"
    return [match.raw("which", moment=moment, unit="Y", amount=step, anchor=anchor, mod=mod)]


_SETS = (
    ("weekday", "XXXX-WXX-{}"),
    ("weekdays", "XXXX-WXX-{}"),
    ("month", "XXXX-{:02d}"),
    ("season", "XXXX-{}"),
    ("parts", "XXXX-XX-XXT{}"),
    ("halfword", "XXXX-XX-XXT{}"),
)


def every(match: Match) -> list[Raw]:
    last = match.last - 1
    part = clock_time(match) if "each" not in match.tokens.classes(match.first) else None
    if part and match.has("each"):
        return [match.raw("fixed", type="SET", value=f"XXXX-XX-XX{part}")]
    if match.all("parts") and match.all("weekday"):
        value = f"XXXX-WXX-{match.number('weekday')}T{match.word('parts')}"
        return [match.raw("fixed", type="SET", value=value)]
    for name, pattern in _SETS:
        if name in match.tokens.classes(last):
            return [match.raw("fixed", type="SET", value=pattern.format(match.tokens.value(last, name)))]
    unit = unit_of(match)
    if unit is None:
        return []
    # Every third day; "every second" is the unit.
    nth = match.part(match.first, last)
    count = match.number("other") or nth.number("ordinal") or nth.number("ordday") or amount_of(match) or 1.0
    return [match.raw("fixed", type="SET", value=period(count, unit))]


def by_night(match: Match) -> list[Raw]:
    return [match.raw("fixed", type="SET", value="XXXX-XX-XXTNI")]


def last_week(match: Match) -> list[Raw]:
    """The last week of August: a length, as in TimeML, since which days are meant is open."""
    one = any("ordinal" not in match.tokens.classes(i) for i in match.all("unit"))
    return [match.raw("fixed", type="DURATION", value=period(1 if one else None, unit_of(match) or "W"))]


def often(match: Match) -> list[Raw]:
    value = match.word("often")
    return [match.raw("fixed", type="SET", value=value)] if value else []


def fixed(match: Match) -> list[Raw]:
    return [match.raw("fixed", value=match.form.value)]


def day_word(match: Match) -> list[Raw]:
    """Yesterday, today, tonight: ``value`` is the number of days and a part of the day."""
    days, _, part = match.form.value.partition("T")
    moment = Moment(part=f"T{part}" if part else "")
    kind = "TIME" if part else "DATE"
    return [
        match.raw(
            "shift", type=kind, amount=int(days), unit="D", anchor="document", moment=moment, mod=match.word("early")
        )
    ]
