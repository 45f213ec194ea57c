"""Quotations: what is said, by whom, in whose words, and through whom it came."""

from __future__ import annotations

from dataclasses import replace

from testimonia.analysers.quotations.appositions import whole
from testimonia.analysers.quotations.asides import asides
from testimonia.analysers.quotations.blocks import Blocks
from testimonia.analysers.quotations.chains import linked
from testimonia.analysers.quotations.citations import Citations
from testimonia.analysers.quotations.continuations import continued
from testimonia.analysers.quotations.dashes import dashes
from testimonia.analysers.quotations.direct import Direct
from testimonia.analysers.quotations.ground import Ground
from testimonia.analysers.quotations.indirect import Indirect
from testimonia.analysers.quotations.labels import labelled
from testimonia.analysers.quotations.merge import merged
from testimonia.analysers.quotations.speakers import Speakers
from testimonia.analysers.quotations.testimonies import Testimonies
from testimonia.findings import Findings
from testimonia.text import Document

__all__ = ["find"]


def find(document: Document, found: Findings) -> Findings:
    """Adds ``quotations`` and ``asides``, sorted by start, by the times, actors and mentions found before."""
    ground = Ground(document, found)
    speakers = Speakers(ground)
    citations = Citations(ground, found)
    blocks = [
        *Blocks(ground, speakers, citations).find(),
        *Testimonies(ground, citations).find(),
        *labelled(ground, citations),
    ]
    direct = Direct(ground, speakers)
    drafts = merged(ground, [*direct.find(), *dashes(ground, direct)], Indirect(ground, speakers).find(), blocks)
    continued(ground, drafts)
    quotations = whole(ground, linked(ground, speakers, citations, drafts))
    return replace(found, quotations=quotations, asides=asides(ground, quotations))
