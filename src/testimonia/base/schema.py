"""The tables of an evidence base. Machine findings and human judgements are different tables.

Dates are text: EDTF where they may be partial, YYYY-MM-DD where they are days. Offsets are code points, ends
exclusive: of findings and passages in ``document.text``, of ``document``, ``stated`` in the source's text. Columns
called ``spans``, ``cue`` and so on hold JSON ``[[start, end], …]``; ``reasons`` and ``chain`` JSON lists of words.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _document_key() -> Column[str]:
    return Column("document_id", Text, ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True)


def _whole(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


run = Table(
    "run", metadata,
    Column("id", Integer, primary_key=True),
    _words("version"), Column("settings", JSON, nullable=False), Column("digests", JSON, nullable=False),
    _words("started"), Column("finished", Text), Column("counts", JSON),
    Column("linked", Text, comment="digest of the documents and rules that the links were made from in this run"),
)  # fmt: skip

source = Table(
    "source", metadata,
    Column("id", Text, primary_key=True, comment="SHA-256 of the bytes, hex"),
    _words("media_type"), _words("encoding"), _whole("size"),
    Column("content", LargeBinary, nullable=False, comment="the bytes, zlib-compressed"),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
    Column("complete", Integer, nullable=False, server_default="0", comment="1 when all its documents are in the base"),
)  # fmt: skip

location = Table(
    "location", metadata,
    Column("source_id", Text, ForeignKey("source.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
)  # fmt: skip

refusal = Table(
    "refusal", metadata,
    Column("run_id", Integer, ForeignKey("run.id", ondelete="CASCADE"), primary_key=True),
    Column("path", Text, primary_key=True),
    _words("reason"),
)  # fmt: skip

document = Table(
    "document", metadata,
    Column("id", Text, primary_key=True),
    Column("source_id", Text, ForeignKey("source.id", ondelete="CASCADE"), nullable=False, index=True),
    _whole("position"), _whole("start"), _whole("end"),
    Column("title", Text), Column("byline", Text, index=True), Column("publisher", Text, index=True),
    Column("date", Text, index=True, comment="what the source states, or a judgement says"),
    Column("url", Text), _words("language"),
    _words("text"), Column("offsets", JSON, nullable=False, comment="OffsetMap.to_rows"),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
)  # fmt: skip

category = Table(
    "category", metadata,
    Column("document_id", Text, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, primary_key=True, index=True),
)  # fmt: skip

stated = Table(
    "stated", metadata,
    Column("id", Integer, primary_key=True), _document_key(), _words("field"), _whole("start"), _whole("end"),
)  # fmt: skip

passage = Table(
    "passage", metadata,
    Column("id", Integer, primary_key=True), _document_key(), _whole("position"),
    _words("kind"), _whole("level"), _whole("start"), _whole("end"),
)  # fmt: skip

# passage_fts (FTS5, rowid = passage.id, column words) is made by the first migration.

time_expression = Table(
    "time_expression", metadata,
    Column("id", Text, primary_key=True), _document_key(), _whole("start"), _whole("end"),
    _words("type"), _words("value"), Column("mod", Text), Column("edtf", Text),
    Column("earliest", Text), Column("latest", Text), Column("calendar", Text), Column("doubt", Text),
    Column("readings", JSON, nullable=False, server_default="[]", comment="EDTF of the other readings"),
)  # fmt: skip

actor = Table(
    "actor", metadata,
    Column("id", Text, primary_key=True), _document_key(), Column("name", Text, nullable=False, index=True),
    _words("kind"), Column("aliases", JSON, nullable=False),
)  # fmt: skip

mention = Table(
    "mention", metadata,
    Column("id", Integer, primary_key=True), _document_key(), _whole("start"), _whole("end"),
    Column("actor_id", Text, ForeignKey("actor.id", ondelete="CASCADE"), nullable=False, index=True), _words("form"),
)  # fmt: skip

office = Table(
    "office", metadata,
    Column("id", Text, primary_key=True), _document_key(),
    Column("actor_id", Text, ForeignKey("actor.id", ondelete="CASCADE"), nullable=False, index=True),
    _whole("mention_start"), _whole("mention_end"), _whole("start"), _whole("end"),
    Column("organisation", Text), Column("since", Text), Column("until", Text),
)  # fmt: skip

relation = Table(
    "relation", metadata,
    Column("id", Text, primary_key=True), _document_key(), _whole("start"), _whole("end"),
    Column("subject_id", Text, ForeignKey("actor.id", ondelete="CASCADE"), nullable=False, index=True),
    _words("relation"),
    Column("object_id", Text, ForeignKey("actor.id", ondelete="CASCADE"), index=True), _words("object"),
    Column("since", Text), Column("until", Text),
)  # fmt: skip

quotation = Table(
    "quotation", metadata,
    Column("id", Text, primary_key=True), _document_key(), _words("kind"), _whole("start"), _whole("end"),
    Column("spans", JSON, nullable=False), Column("cue", JSON, nullable=False), Column("speaker", JSON, nullable=False),
    Column("speaker_name", Text, index=True),
    Column("actor_id", Text, ForeignKey("actor.id", ondelete="SET NULL"), index=True),
    Column("parent_id", Text, ForeignKey("quotation.id", ondelete="SET NULL"), index=True),
    Column("work", Text), Column("cited_date", Text), Column("chain", JSON, nullable=False),
    Column("citation", JSON), Column("doubt", Text),
    Column("links", JSON, nullable=False, server_default="[]", comment="[{kind, voice, span}], one less than chain"),
    Column("cited_basis", Text), Column("continuation", JSON, nullable=False, server_default="[]"),
    Column("confidence", Float, nullable=False, server_default="1.0"),
    Column("reason", Text, nullable=False, server_default=text("''")),
    Column("speaker_confidence", Float, nullable=False, server_default="1.0"),
    Column("speaker_reason", Text, nullable=False, server_default=text("''")),
)  # fmt: skip

aside = Table(
    "aside", metadata,
    Column("id", Text, primary_key=True), _document_key(), _whole("start"), _whole("end"), _words("kind"),
)  # fmt: skip

event = Table(
    "event", metadata,
    Column("id", Text, primary_key=True), _document_key(), _whole("start"), _whole("end"),
    _words("when"), Column("until", Text), Column("earliest", Text, index=True), Column("latest", Text, index=True),
    _words("type"), Column("quotation_id", Text, ForeignKey("quotation.id", ondelete="SET NULL"), index=True),
    Column("factuality", Text, nullable=False, server_default="fact"),
    Column("trigger", JSON, comment="[start, end]"), Column("anchor", JSON, comment="[start, end]"),
    Column("basis", Text, nullable=False, server_default="stated"), Column("doubt", Text),
)  # fmt: skip

event_actor = Table(
    "event_actor", metadata,
    Column("event_id", Text, ForeignKey("event.id", ondelete="CASCADE"), primary_key=True),
    Column("actor_id", Text, ForeignKey("actor.id", ondelete="CASCADE"), primary_key=True, index=True),
    _whole("position"), Column("role", Text, nullable=False, server_default="who", comment="who or where"),
)  # fmt: skip

figure = Table(
    "figure", metadata,
    Column("id", Text, primary_key=True), _document_key(), _whole("start"), _whole("end"),
    Column("low", Float, nullable=False), Column("high", Float, nullable=False),
    Column("unit", Text), _words("of"), Column("as_of", Text),
)  # fmt: skip


def _place(side: str) -> tuple[Column[str], Column[int], Column[int]]:
    key = Column(f"{side}_document", Text, ForeignKey("document.id", ondelete="CASCADE"), nullable=False, index=True)
    return key, _whole(f"{side}_start"), _whole(f"{side}_end")


copy = Table(
    "copy", metadata,
    Column("id", Text, primary_key=True), *_place("a"), *_place("b"), _words("kind"),
    Column("similarity", Float, nullable=False), Column("direction", Text), Column("reasons", JSON, nullable=False),
)  # fmt: skip

matter = Table(
    "matter", metadata,
    Column("id", Text, primary_key=True), _words("kind"), _words("about"), Column("reasons", JSON, nullable=False),
)  # fmt: skip

account = Table(
    "account", metadata,
    Column("id", Integer, primary_key=True),
    Column("matter_id", Text, ForeignKey("matter.id", ondelete="CASCADE"), nullable=False, index=True),
    _document_key(), _whole("start"), _whole("end"),
    Column("quotation_id", Text, ForeignKey("quotation.id", ondelete="CASCADE"), index=True),
)  # fmt: skip

conflict = Table(
    "conflict", metadata,
    Column("id", Text, primary_key=True), *_place("a"), *_place("b"), _words("kind"), _words("difference"),
    _words("severity"), _words("about"), Column("reasons", JSON, nullable=False), _whole("rank"),
    Column("matter_id", Text, ForeignKey("matter.id", ondelete="SET NULL"), index=True),
)  # fmt: skip

# Decisions of persons. A document is named, not referred to: what a person decided outlives its re-analysis.
judgement = Table(
    "judgement", metadata,
    Column("id", Integer, primary_key=True), _words("kind"), Column("document_id", Text, nullable=False, index=True),
    _words("value"), _words("by"), _words("at"), Column("reason", Text),
)  # fmt: skip

Index("ix_mention_place", mention.c.document_id, mention.c.start)
Index("ix_quotation_place", quotation.c.document_id, quotation.c.start)
