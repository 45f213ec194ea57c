"""What is derived from all documents together: copies, matters with their accounts, and conflicts.

They are wholly derived, so they are replaced as a whole, together with the digest of what they were derived from.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select, update

from testimonia.base import schema as s
from testimonia.base.rows import Row, hashed, place_row
from testimonia.findings import Account, Conflict, Copy, Matter, Place


def state(c: Connection, version: str, digests: Mapping[str, str]) -> str:
    """A digest of the documents in the base, their dates, the rules each was analysed with, and the rules in force."""
    rules = {row.id: json.dumps([row.version, row.digests], sort_keys=True) for row in c.execute(select(s.run))}
    total = hashlib.sha256(json.dumps([version, dict(digests)], sort_keys=True).encode())
    d = s.document.c
    for row in c.execute(select(d.id, d.date, d.run_id).order_by(d.id)):
        total.update(f"\0{row.id}\0{row.date}\0{rules[row.run_id]}".encode())
    return total.hexdigest()


def linked(c: Connection) -> str | None:
    """The state that the links in the base were derived from; None before the first time."""
    return c.execute(
        select(s.run.c.linked).where(s.run.c.linked.is_not(None)).order_by(s.run.c.id.desc()).limit(1)
    ).scalar_one_or_none()


def replace(c: Connection, copies: Iterable[Copy], matters: Sequence[Matter], conflicts: Iterable[Conflict]) -> None:
    """Stores the links in place of all earlier ones. Conflicts come most severe first."""
    for table in (s.conflict, s.account, s.matter, s.copy):
        c.execute(delete(table))
    ids = {m.id: hashed("m", m.kind, m.about, [_key(a.place) for a in m.accounts]) for m in matters}
    rows: dict[str, list[Row]] = {
        "copy": _unique(_copy_row(x) for x in copies),
        "matter": _unique(
            {"id": ids[m.id], "kind": m.kind, "about": m.about, "reasons": list(m.reasons)} for m in matters
        ),
        "account": [_account_row(ids[m.id], a) for m in {ids[m.id]: m for m in matters}.values() for a in m.accounts],
        "conflict": _unique(_conflict_row(ids, rank, x) for rank, x in enumerate(conflicts)),
    }
    for name, values in rows.items():
        if values:
            c.execute(insert(s.metadata.tables[name]), values)


def numbers(c: Connection) -> tuple[int, int, int]:
    """How many copies, matters and conflicts there are."""
    tables = (s.copy, s.matter, s.conflict)
    copies, matters, conflicts = (c.execute(select(func.count()).select_from(t)).scalar_one() for t in tables)
    return copies, matters, conflicts


def mark(c: Connection, run: int, state: str) -> None:
    c.execute(update(s.run).where(s.run.c.id == run).values(linked=state))


def _key(place: Place) -> list[object]:
    return [place.document, place.start, place.end]


def _unique(rows: Iterable[Row]) -> list[Row]:
    """The first row of each identifier."""
    kept: dict[str, Row] = {}
    for row in rows:
        kept.setdefault(row["id"], row)
    return list(kept.values())


def _copy_row(x: Copy) -> Row:
    values = {"kind": x.kind, "similarity": x.similarity, "direction": x.direction, "reasons": list(x.reasons)}
    return {"id": hashed("c", _key(x.a), _key(x.b)), **place_row("a", x.a), **place_row("b", x.b), **values}


def _account_row(matter: str, account: Account) -> Row:
    place = {"document_id": account.place.document, "start": account.place.start, "end": account.place.end}
    return {"matter_id": matter, **place, "quotation_id": account.quotation}


def _conflict_row(matters: Mapping[str, str], rank: int, x: Conflict) -> Row:
    values = {
        "kind": x.kind, "difference": x.difference, "severity": x.severity, "about": x.about,
        "reasons": list(x.reasons), "rank": rank, "matter_id": matters[x.matter] if x.matter else None,
    }  # fmt: skip
    id = hashed("x", _key(x.a), _key(x.b), x.kind, x.difference)
    return {"id": id, **place_row("a", x.a), **place_row("b", x.b), **values}
