"""Builders of forms that name a place in the calendar: dates, years, seasons, decades, centuries, times of day."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from testimonia.analysers.times.feasts import fixed_day, settled
from testimonia.analysers.times.moment import Moment
from testimonia.analysers.times.patterns import Form
from testimonia.analysers.times.raw import Match, Raw

_NOW = 2000
Builder = Callable[[Match], list[Raw]]


def year_of(match: Match) -> int | None:
    """The astronomical year the match names, with its era."""
    era = match.number("era") or match.number("ad")
    years = match.all("year") or match.all("three") if era else match.all("year")
    if years:
        year = int(match.tokens.value(years[-1], "year"))
    elif era:
        numbers = [i for i in match.any("int", "amount") if "era" in _next(match, i) or "ad" in _previous(match, i)]
        if not numbers:
            return None
        year = int(match.tokens.value(numbers[-1], "int"))
    elif match.has("three") and (match.has("month") or match.has("yearword")):
        year = match.number("three") or 0
    elif match.all("shortyear"):
        return match.full_year(match.number("shortyear") or 0)
    else:
        return None
    return 1 - year if era == -1 else year


def _next(match: Match, i: int) -> frozenset[str]:
    tokens = match.tokens
    return frozenset().union(*(tokens.classes(k) for k in range(i + 1, min(i + 3, len(tokens.line)))))


def _previous(match: Match, i: int) -> frozenset[str]:
    return match.tokens.classes(i - 1) if i else frozenset()


def mod_of(match: Match) -> str | None:
    for name in ("early", "edge", "latter", "circa", "about"):
        # The first of May, earlier in 1918: no part of either.
        places = [i for i in match.all(name) if not match.tokens.classes(i) & {"ordday", "comparative"}]
        word = match.tokens.value(places[0], name) if places else None
        if word:
            return str(word)
    return None


def day_of(match: Match) -> int | None:
    """The day of the month; not the number of a year such as 49 BC, nor the second of 1776-77."""
    month = match.all("month")
    for i in match.any("day", "ordday"):
        if month and "era" not in match.tokens.classes(min(i + 1, len(match.tokens.line) - 1)):
            return match.day_at(i)
    return next((day for i in match.all("ordinal") if (day := _spoken_day(match, i))), None)


def _spoken_day(match: Match, i: int) -> int | None:
    """The twenty-first of March, March the fourth: the day where the ordinal stands beside its month."""
    classes = match.tokens.classes
    ahead = i + 2 < match.last and "genitive" in classes(i + 1) and "month" in classes(i + 2)
    between = {"tens", "hyphen", "definite"}
    behind = next((k for k in range(i - 1, match.first - 1, -1) if not classes(k) & between), None)
    if not ahead and (behind is None or not classes(behind) & {"month", "dot"}):
        return None
    tens = [k for k in (i - 1, i - 2) if k >= match.first and "tens" in classes(k)]
    return int(match.tokens.value(i, "ordinal")) + sum(int(match.tokens.value(k, "tens")) for k in tens[:1])


def calendar(match: Match) -> list[Raw]:
    """Dates, months, seasons, quarters, decades and centuries, with "early" and "circa" before them."""
    mod = mod_of(match)
    year = year_of(match)
    if match.all("decade") or match.all("shortdecade") or match.all("tensdecade"):
        return [
            match.raw(
                moment=_decade(match), mod=mod, edge=match.has("edge"), anchor="" if match.all("decade") else "century"
            )
        ]
    if match.long_units():
        before = match.any("ordinal", "ordday", "ordnum", "tens")[0]
        whole = century(match)
        mod = mod_of(match.part(match.first, before))
        return [match.raw(moment=whole, mod=mod)] if (whole.century or 0) >= 0 else []
    moment = Moment(year=year)
    if match.all("month"):
        moment = replace(moment, month=match.number("month"), day=day_of(match))
    elif match.all("season"):
        if match.form.value and "fall" in match.tokens.classes(match.last - 1):
            return []
        # The winter of 1919–1920 is named by the year in which it begins.
        moment = replace(
            moment,
            season=match.word("season"),
            year=match.number("year") if (year or 0) > 999 and match.all("year") else year,
        )
    elif match.has("half") and match.has("latter"):
        moment, mod = replace(moment, half=1 if match.word("latter") == "START" else 2), None
    elif match.all("quarterfig"):
        moment = replace(moment, quarter=int(match.tokens.word(match.all("quarterfig")[0])[1:]))
    elif match.all("quarterord"):
        number = match.number("quarterord")
        moment = replace(moment, half=number) if match.has("half") else replace(moment, quarter=number)
        mod = match.word("early") or match.word("edge")
    mod = None if moment.day and mod != "APPROX" else mod  # "first" is its number
    anchor = {-1: "last", 1: "next"}.get(match.number("direction") or 0, "")
    anchor = "century" if match.all("shortyear") else anchor
    if moment.month and not moment.day and match.all("three") and not match.all("era") and not match.all("ad"):
        anchor = "era"  # January of 384; of 384 what?
    raw = match.raw(moment=moment, mod=mod, anchor=anchor, edge=match.has("edge"))
    return [raw] if valid(moment) else []


def valid(moment: Moment) -> bool:
    """Whether the calendar has such a day in some year."""
    if moment.day is None or moment.month is None:
        return True
    year = 2000 if moment.year is None else moment.year
    return replace(moment, year=year).number() is not None


def _decade(match: Match) -> Moment:
    if match.all("tensdecade"):
        return Moment(decade=190 + (match.number("tensdecade") or 0))
    digits = re.sub(r"\D", "", match.tokens.word((match.all("decade") or match.all("shortdecade"))[0]))
    if len(digits) == 2:
        return Moment(decade=190 + int(digits) // 10)
    # The 1600s are a century; the 2000s are told of as a decade.
    whole = digits.endswith("00") and int(digits) < _NOW
    return Moment(century=int(digits) // 100) if whole else Moment(decade=int(digits) // 10)


def century(match: Match) -> Moment:
    """What the last ordinal of the match counts, a century or a millennium."""
    place = match.any("ordinal", "ordday", "ordnum")[-1]
    name = next(n for n in ("ordinal", "ordday", "ordnum") if n in match.tokens.classes(place))
    number = int(match.tokens.value(place, name))
    tens = [i for i in match.all("tens") if place - 3 < i < place]  # twenty-first
    if tens:
        number += int(match.tokens.value(tens[0], "tens"))
    before = match.number("era") == -1
    if "ML" in match.long_units():
        first = 1 - 1000 * number if before else 1000 * (number - 1)
        return Moment(century=10 * (number - 1), before=before, years=(first or 1, first + 999))
    return Moment(century=number - 1, before=before)


def part_of_century(match: Match) -> list[Raw]:
    """The first decade, the last quarter of the nineteenth century."""
    whole = century(match)
    name = next(i for i in match if "genitive" in match.tokens.classes(i)) - 1
    head = match.part(match.first, name)
    years = match.part(name, name + 1).number("part of century") or 100
    number = head.number("quarterord") or (100 // years if head.word("latter") == "END" else 1)
    if whole.century is None or whole.century < 0:
        return []
    if whole.before or not 1 <= number <= 100 // years:
        return [match.raw(moment=whole, mod=head.word("latter"))]
    first = 100 * whole.century + years * (number - 1)
    if years == 10:
        return [match.raw(moment=Moment(decade=first // 10))]
    stretch = replace(whole, years=(first, first + years - 1))
    return [match.raw(moment=stretch, mod="END" if number == 100 // years else None)]


def centuries(match: Match) -> list[Raw]:
    """The late 17th and early 18th centuries: two, the word standing once."""
    places = [i for i in match if match.tokens.classes(i) & {"ordinal", "ordday", "ordnum"}]
    cut = places[0] + 1
    second = next((i for i in range(cut, places[-1]) if "early" in match.tokens.classes(i)), places[-1])
    parts = match.part(match.first, cut), match.part(second, match.last)
    found = [part.raw(moment=century(part), mod=part.word("early")) for part in parts]
    return found if all((raw.moment.century or 0) >= 0 for raw in found) else []


def days(match: Match) -> list[Raw]:
    """Several days of one month: each is an expression, the month standing with the last or first of them."""
    year, month = year_of(match), match.number("month")
    final = len(match.tokens.line) - 1
    places = [i for i in match.any("day", "ordday") if "era" not in match.tokens.classes(min(i + 1, final))]
    out = []
    for n, i in enumerate(places):
        first, last = i, i + 1
        if i > match.first and "definite" in match.tokens.classes(i - 1):
            first = i - 1
        if n == 0:
            first = match.first
        if n == len(places) - 1:
            last = match.last
        moment = Moment(year=year, month=month, day=match.day_at(i))
        if valid(moment):
            out.append(match.part(first, last).raw(moment=moment))
    return out


def spoken_year(match: Match) -> list[Raw]:
    """Nineteen ninety-one; in capitals it is a title."""
    if all(match.tokens.word(i)[0].isupper() for i in match.all("number")[:1] + match.all("tens")):
        return []
    century = match.number("number") or 0
    rest = [int(match.tokens.value(i, "number")) for i in match.all("number")[1:]]
    return [match.raw(moment=Moment(year=100 * century + (match.number("tens") or 0) + sum(rest)))]


def two_calendars(match: Match) -> list[Raw]:
    """25 October (7 November) 1917: one day in two calendars, the earlier date being Old Style."""
    opening, closing = match.all("open")[0], match.all("close")[0]
    one, two = match.part(match.first, opening), match.part(opening + 1, closing)
    named = year_of(match)
    out = []
    for part in (one, two):
        moment = Moment(year=named, month=part.number("month"), day=day_of(part))
        if not valid(moment):
            return []
        out.append(part.part(part.first, 1 + max(part.any("month", "day", "ordday"))).raw(moment=moment))
    days = [raw.moment.number() or 0 for raw in out]
    if 10 <= abs(days[0] - days[1]) <= 13:
        old = days.index(min(days))
        out[old].calendar, out[1 - old].calendar = "julian", "gregorian"
    return out


def two_days(match: Match) -> list[Raw]:
    """12 (24) March 1870, 12/24 March 1870: one day in two calendars, the earlier one Old Style."""
    places = match.any("day", "ordday")[:2]
    moments = [Moment(year=year_of(match), month=match.number("month"), day=match.day_at(i)) for i in places]
    days = [moment.number() or 0 for moment in moments]
    if not all(days) or not 10 <= days[1] - days[0] <= 13:
        return []
    old, new = match.part(places[0], places[0] + 1), match.part(places[1], match.last)
    return [old.raw(moment=moments[0], calendar="julian"), new.raw(moment=moments[1], calendar="gregorian")]


def old_style(match: Match) -> list[Raw]:
    """25 October 1917, Old Style; the night of 25 October 1917, Old Style; the same of the New Style."""
    cut = 1 + max(match.any("month", "day", "ordday", "year", "shortyear"))
    dated = Match(match.tokens, match.first, cut, Form(match.form.build, match.form.pattern))
    out = part_of(dated) if match.has("part") else calendar(dated)
    for raw in out:
        raw.calendar = match.form.value
    return out


def feast(match: Match) -> list[Raw]:
    """Christmas 1914, New Year's Eve, Good Friday 1916."""
    if not match.tokens.word(match.first)[0].isupper() or "happening" in match.after():
        return []
    moment = replace(fixed_day(match.form.value or str(match.get("feast"))), year=year_of(match))
    if match.has("eve") and moment.day:
        # New Year's Eve is of the year that ends.
        moment = replace(moment, month=12, day=31) if moment.day == 1 else replace(moment, day=moment.day - 1)
    part = f"T{match.word('halfword')}" if match.has("halfword") else ""
    return [match.raw(type="TIME" if part else "DATE", moment=replace(settled(moment), part=part))]


def iso(match: Match) -> list[Raw]:
    year, month, day = (int(part) for part in match.tokens.word(match.first).split("-"))
    moment = Moment(year=year, month=month, day=day)
    return [match.raw(moment=moment)] if 1 <= month <= 12 and year and moment.number() is not None else []


def numeric(match: Match) -> list[Raw]:
    """4.5.1921, where the language puts the day first."""
    words = " ".join(match.tokens.word(i) for i in match)
    day, month, *years = (int(number[:4]) for number in re.findall(r"\d+", words))
    year = match.full_year(years[0]) if years else None
    moment = Moment(year=year, month=month, day=day)
    return [match.raw(moment=moment)] if 1 <= month <= 12 and year != 0 and valid(moment) else []


def slash(match: Match) -> list[Raw]:
    """6/11/1918: which of the two is the month is told only where one is over 12."""
    one, two, year = (int(part) for part in match.tokens.word(match.first).split("/"))
    year = match.full_year(year)
    readings = {
        (m, d) for m, d in ((one, two), (two, one)) if 1 <= m <= 12 and Moment(year=year, month=m, day=d).number()
    }
    if not readings or not year:
        return []
    if len(readings) == 1:
        month, day = readings.pop()
        return [match.raw(moment=Moment(year=year, month=month, day=day))]
    both = tuple(Moment(year=year, month=month, day=day) for month, day in sorted(readings))
    return [match.raw(moment=Moment(year=year), anchor="day and month", others=both)]


def short_range(match: Match) -> list[Raw]:
    """1922-24: two years, the second shortened."""
    year = match.number("year") or 0
    second = int(match.tokens.value(match.last - 1, "int"))
    places = 10 if len(match.tokens.word(match.last - 1)) == 1 and match.has("dash") else 100
    whole = year - year % places + second
    first, last = match.part(match.first, match.all("year")[0] + 1), match.part(match.last - 1, match.last)
    begin = first.raw(moment=Moment(year=year), mod=mod_of(first))
    if whole <= year or (places == 100 and len(match.tokens.word(match.last - 1)) != 2):
        return [begin]
    return [begin, last.raw(moment=Moment(year=whole))]


def old_pair(match: Match) -> list[Raw]:
    """490-480 BC: both are before Christ."""
    cut = match.any("int", "amount")[0]
    one, two = match.part(match.first, cut + 1), match.part(cut + 2, match.last)
    later = year_of(two) if not match.all("ad") else match.part(cut + 1, match.last).number("int")
    earlier = int(match.tokens.value(cut, "int"))
    if later is None:
        return []
    return [
        one.raw(moment=Moment(year=1 - earlier if later < 1 else earlier), mod=mod_of(one)),
        two.raw(moment=Moment(year=later)),
    ]


def year(match: Match) -> list[Raw]:
    """A bare number of four digits: a year, unless it counts things or numbers a page or a paragraph."""
    before, after = match.before(), match.after()
    start = match.tokens.start(match.first)
    if before & {"money", "numbering"} or match.tokens.text[max(0, start - 1) : start].isalnum():
        return []
    if "plural" in after and not before & {"since", "month", "definite", "poss"}:
        return []
    if after & {"percent", "hundred", "unit", "units", "meridiem", "measure"}:
        return []
    return [match.raw(moment=Moment(year=match.number("year")), mod=mod_of(match))]


_MONTH_SIGNS = {"at", "article", "early", "edge", "latter", "which", "join", "dash", "hyphen", "comma"}


def month(match: Match) -> list[Raw]:
    """A month by itself; one whose name is also a verb or a first name only where something speaks for the month."""
    own, before, after = match.tokens.classes(match.first), match.before(), match.after()
    name = "happening" in after and not before & {"early", "inside"}
    # May–June 1921
    joined = after & {"dash", "hyphen"} and "month" in match.after(1)
    spoken_for = name or joined or before & _MONTH_SIGNS or ("verbmonth" in own and before & {"definite", "poss"})
    if "maymarch" in own and not spoken_for:
        return []
    if "name" in after and "maymarch" in own and not before & {"since"}:
        return []
    year = _year_told(match, match.last + 1) if name else None
    return [match.raw(moment=Moment(year=year, month=match.number("month")), name=name)]


def _year_told(match: Match, i: int) -> int | None:
    """The October Revolution of 1917, the October Revolution (1917), the October Revolution [of 1917]."""
    classes, end = match.tokens.classes, len(match.tokens.line)
    said = i
    while said < end and said < i + 2 and classes(said) & {"open", "genitive"}:
        said += 1
    return int(match.tokens.value(said, "year")) if i < said < end and "year" in classes(said) else None


def era_year(match: Match) -> list[Raw]:
    """Three digits that may be a year: only a text that speaks of years so far back decides it."""
    after = match.after()
    if after & {"plural", "units", "unit", "percent"}:
        return []
    if after & {"word", "name", "hyphen"} and "dating" not in match.before():
        return []
    return [match.raw(moment=Moment(year=match.number("three")), anchor="era")]


def nth(match: Match) -> list[Raw]:
    return [match.raw(moment=Moment(day=match.number("ordday")), anchor="narrative")]


def weekday(match: Match) -> list[Raw]:
    return [match.raw("weekday", moment=Moment(weekday=match.number("weekday")), mod=mod_of(match))]


def _days_on(moment: Moment, days: int) -> Moment:
    """The moment some days on; in no year, as in one that has no 29 February."""
    year = 2001 if moment.year is None else moment.year
    moved = replace(moment, year=year).shifted(days, "D")
    if moved is None:
        return moment
    return replace(moved, year=None if moment.year is None else moved.year, part=moment.part)


def part_of(match: Match) -> list[Raw]:
    """The night of 4 May, Friday morning, "in the evening"."""
    dates = match.any("month", "weekday", "day", "ordday", "year")
    part = f"T{match.word('halfword') or match.word('part')}"
    mod = match.word("early")
    if match.all("month"):
        inner = match.part(dates[0], match.last)
        moment = Moment(year=year_of(inner), month=inner.number("month"), day=day_of(inner), part=part)
        if match.form.value:
            moment = _days_on(moment, int(match.form.value))
        return [match.raw(type="TIME", moment=moment, mod=mod)] if valid(moment) else []
    if match.all("weekday"):
        return [match.raw("weekday", type="TIME", moment=Moment(weekday=match.number("weekday"), part=part), mod=mod)]
    if match.all("ordday"):
        moment = Moment(day=match.number("ordday"), part=part)
        return [match.raw(type="TIME", moment=moment, anchor="narrative", mod=mod)]
    days = match.number("dayword")
    if days is not None:
        return [
            match.raw("shift", type="TIME", amount=days, unit="D", anchor="document", moment=Moment(part=part), mod=mod)
        ]
    if match.definite():
        return [match.raw("which", type="TIME", amount=0, unit="D", anchor="here", moment=Moment(part=part), mod=mod)]
    return []
