"""What the page of the chronology is asked, and the addresses of pages that ask for another period or page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from testimonia.views.periods import Period

WORDS = ("from", "to", "actor", "document", "voice", "factuality", "basis")
SIGNS = ("within", "unfold")


class AskedChronology:
    """The filters of an address; ``values`` are those that are given, by their names there."""

    def __init__(self, given: QueryParams) -> None:
        words = {name: given.get(name, "").strip() for name in WORDS}
        types = [x.strip() for x in given.getlist("type") if x.strip()]
        signs = {name: bool(given.get(name)) for name in SIGNS}
        self.values: dict[str, Any] = {k: v for k, v in {**words, "type": types, **signs}.items() if v}

    @property
    def question(self) -> dict[str, Any]:
        """The same for ``Archive.chronology``."""
        return {"from_" if k == "from" else k: v for k, v in self.values.items()}

    @property
    def form(self) -> dict[str, Any]:
        """The value of each field of the form."""
        return dict.fromkeys((*WORDS, *SIGNS)) | {"type": []} | self.values

    @property
    def filtered(self) -> bool:
        """By more than the period."""
        return bool(self.values.keys() - {"from", "to"})

    def page(self, number: int) -> str:
        """The query of another page of the list."""
        return self._query(self.values, page=number)

    def address(self, period: Period | None) -> str:
        """The page of a period, with the same filters; of None, that of all time."""
        rest = {k: v for k, v in self.values.items() if k not in ("from", "to")}
        dates = dict(zip(("from", "to"), period.edtf, strict=True)) if period else {}
        return "/chronology?" + self._query({**dates, **rest})

    def surely(self) -> str:
        """The page of what surely lies within the period."""
        return "/chronology?" + self._query({**self.values, "within": True})

    @staticmethod
    def _query(values: dict[str, Any], **more: int) -> str:
        return urlencode({k: 1 if v is True else v for k, v in {**values, **more}.items()}, doseq=True)
