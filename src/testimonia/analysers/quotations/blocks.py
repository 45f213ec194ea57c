"""Block quotations: paragraphs of another's words, set off, with the line that names their source."""

from __future__ import annotations

from testimonia.analysers.quotations.draft import Draft
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.findings import Findings


class Blocks:
    def __init__(self, ground: Ground, speakers: Speakers, found: Findings) -> None:
        self.ground = ground
        self.speakers = speakers
        self.found = found

    def find(self) -> list[Draft]:
        return []
