"""What a web page's markup states of it: title, byline, publisher, date, address, categories."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from testimonia.sources.heads import Fact, date_in
from testimonia.sources.markup import Attribute, Tree, unescape

# Names of <meta name|property|itemprop|http-equiv>, in the order in which they are believed.
_META = {
    "title": ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"),
    "byline": ("author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "byl", "parsely-author"),
    "publisher": ("og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher"),
    "date": (
        "article:published_time", "datepublished", "citation_publication_date", "citation_date", "dc.date.issued",
        "dcterms.created", "dcterms.date", "dc.date", "pubdate", "publishdate", "publication_date", "date",
        "parsely-pub-date", "sailthru.date", "og:published_time",
    ),
    "url": ("og:url",),
    "category": ("article:section", "article:tag", "parsely-section"),
}  # fmt: skip
_ARTICLE = re.compile(
    r"(?:News|Blog|Scholarly|Opinion|Report|Analysis|Review|Reportage)?\w*(?:Article|Posting|Report)$"
)
_MOST = 10_000  # objects of a JSON-LD block looked at
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)|(\d{4})(\d{2})(\d{2})(?!\d)")


def of_meta(tree: Tree) -> list[Fact]:
    """Facts of ``<meta>`` and ``<link rel=canonical>``, the most reliable first."""
    said: dict[str, list[Attribute]] = {}
    links: list[Attribute] = []
    for element in tree.elements:
        value = element.attributes.get("content")
        if element.tag == "meta" and value and value.value.strip():
            for key in ("property", "name", "itemprop", "http-equiv"):
                if element.get(key):
                    said.setdefault(element.get(key).lower(), []).append(value)
        elif element.tag == "link" and element.get("rel").lower() == "canonical" and "href" in element.attributes:
            links.append(element.attributes["href"])
    found = [Fact("url", a.value.strip(), a.start, a.end) for a in links if a.value.strip()]
    for field, names in _META.items():
        for name in names:
            found += [fact for a in said.get(name, ()) for fact in (_fact(field, a.value, a.start, a.end),) if fact]
    return found


def _fact(field: str, value: str, start: int, end: int) -> Fact | None:
    value = value.strip()
    if field == "date":
        value = day(value) or ""
    if field == "byline":
        value = re.sub(r"^by:?\s+", "", value, flags=re.IGNORECASE)
        if "://" in value or value.startswith(("@", "/")):
            return None
    return Fact(field, value, start, end) if value else None


def day(value: str) -> str | None:
    """The day in a machine-readable or written date."""
    match = _ISO.match(value.strip())
    words = "-".join(p for p in match.groups() if p) if match else value[:100]
    found = date_in(words)
    return found[0] if found else None


def of_json(tree: Tree) -> list[Fact]:
    """Facts of the first article that a JSON-LD block describes."""
    for start, end, index in tree.texts:
        element = tree.elements[index]
        if element.tag == "script" and element.get("type").lower() == "application/ld+json":
            article = next((o for o in islice(_objects(tree.source[start:end]), _MOST) if _is_article(o)), None)
            if article:
                return list(_of_article(article, tree.source, start, end))
    return []


def _objects(words: str) -> Iterator[dict[str, Any]]:
    try:
        waiting = [json.loads(words.strip().removesuffix(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting.extend(v for v in item.values() if isinstance(v, dict | list))
        elif isinstance(item, list):
            waiting.extend(reversed(item))


def _is_article(item: dict[str, Any]) -> bool:
    kinds = item.get("@type")
    return any(isinstance(k, str) and _ARTICLE.match(k) for k in (kinds if isinstance(kinds, list) else [kinds]))


def _of_article(item: dict[str, Any], source: str, start: int, end: int) -> Iterator[Fact]:
    given = [("title", item.get("headline")), ("date", item.get("datePublished")), ("url", item.get("url"))]
    given += [("byline", name) for name in _names(item.get("author"))]
    given += [("publisher", name) for name in _names(item.get("publisher"))]
    sections = item.get("articleSection")
    given += [("category", s) for s in (sections if isinstance(sections, list) else [sections])]
    for field, value in given:
        if isinstance(value, str) and value.strip():
            at = source.find(value, start, end)
            place = (at, at + len(value)) if at >= 0 else (start, end)
            fact = _fact(field, unescape(value), *place)
            if fact and not any(0xD800 <= ord(c) < 0xE000 for c in fact.value):
                yield fact


def _names(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    names = [i.get("name") if isinstance(i, dict) else i for i in items]
    words = [n for n in names if isinstance(n, str) and n.strip()]
    return [", ".join(words)] if words else []
