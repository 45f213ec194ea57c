"""The first tables of an evidence base."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _sources()
    _documents()
    _search()
    _actors()
    _tellings()
    _links()


def _search() -> None:
    """Full-text search over passages: rowid is passage.id; rows go with their passage."""
    op.execute('CREATE VIRTUAL TABLE passage_fts USING fts5(words, tokenize = "unicode61 remove_diacritics 2")')
    op.execute(
        "CREATE TRIGGER passage_gone AFTER DELETE ON passage BEGIN DELETE FROM passage_fts WHERE rowid = old.id; END"
    )


def _sources() -> None:
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("digests", sa.JSON(), nullable=False),
        sa.Column("started", sa.Text(), nullable=False),
        sa.Column("finished", sa.Text(), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=True),
        sa.Column(
            "linked",
            sa.Text(),
            nullable=True,
            comment="digest of the documents and rules that the links were made from in this run",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
    )
    op.create_table(
        "source",
        sa.Column("id", sa.Text(), nullable=False, comment="SHA-256 of the bytes, hex"),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="the bytes, zlib-compressed"),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column(
            "complete",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="1 when all its documents are in the base",
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_source_run_id"),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
    )
    op.create_table(
        "location",
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_location_source_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("source_id", "path", name="pk_location"),
    )
    op.create_table(
        "refusal",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_refusal_run_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("run_id", "path", name="pk_refusal"),
    )


def _documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("date", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("offsets", sa.JSON(), nullable=False, comment="OffsetMap.to_rows"),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name="fk_document_run_id"),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_document_source_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
    )
    op.create_index("ix_document_byline", "document", ["byline"])
    op.create_index("ix_document_date", "document", ["date"])
    op.create_index("ix_document_publisher", "document", ["publisher"])
    op.create_index("ix_document_source_id", "document", ["source_id"])
    op.create_table(
        "category",
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_category_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("document_id", "name", name="pk_category"),
    )
    op.create_index("ix_category_name", "category", ["name"])
    op.create_table(
        "stated",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_stated_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_stated"),
    )
    op.create_index("ix_stated_document_id", "stated", ["document_id"])
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_passage_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
    )
    op.create_index("ix_passage_document_id", "passage", ["document_id"])


def _actors() -> None:
    op.create_table(
        "time_expression",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("mod", sa.Text(), nullable=True),
        sa.Column("edtf", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("calendar", sa.Text(), nullable=True),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name="fk_time_expression_document_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_time_expression"),
    )
    op.create_index("ix_time_expression_document_id", "time_expression", ["document_id"])
    op.create_table(
        "actor",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_actor_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_actor"),
    )
    op.create_index("ix_actor_document_id", "actor", ["document_id"])
    op.create_index("ix_actor_name", "actor", ["name"])
    op.create_table(
        "mention",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_mention_actor_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_mention_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_mention"),
    )
    op.create_index("ix_mention_actor_id", "mention", ["actor_id"])
    op.create_index("ix_mention_document_id", "mention", ["document_id"])
    op.create_index("ix_mention_place", "mention", ["document_id", "start"])
    op.create_table(
        "office",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("mention_start", sa.Integer(), nullable=False),
        sa.Column("mention_end", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_office_actor_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_office_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_office"),
    )
    op.create_index("ix_office_actor_id", "office", ["actor_id"])
    op.create_index("ix_office_document_id", "office", ["document_id"])
    op.create_table(
        "relation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("subject_id", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=True),
        sa.Column("object", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("until", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_relation_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["object_id"], ["actor.id"], name="fk_relation_object_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["subject_id"], ["actor.id"], name="fk_relation_subject_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_relation"),
    )
    op.create_index("ix_relation_document_id", "relation", ["document_id"])
    op.create_index("ix_relation_object_id", "relation", ["object_id"])
    op.create_index("ix_relation_subject_id", "relation", ["subject_id"])


def _tellings() -> None:
    op.create_table(
        "quotation",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("cue", sa.JSON(), nullable=False),
        sa.Column("speaker", sa.JSON(), nullable=False),
        sa.Column("speaker_name", sa.Text(), nullable=True),
        sa.Column("actor_id", sa.Text(), nullable=True),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("cited_date", sa.Text(), nullable=True),
        sa.Column("chain", sa.JSON(), nullable=False),
        sa.Column("citation", sa.JSON(), nullable=True),
        sa.Column("doubt", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_quotation_actor_id", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_quotation_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["parent_id"], ["quotation.id"], name="fk_quotation_parent_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_quotation"),
    )
    op.create_index("ix_quotation_actor_id", "quotation", ["actor_id"])
    op.create_index("ix_quotation_document_id", "quotation", ["document_id"])
    op.create_index("ix_quotation_parent_id", "quotation", ["parent_id"])
    op.create_index("ix_quotation_place", "quotation", ["document_id", "start"])
    op.create_index("ix_quotation_speaker_name", "quotation", ["speaker_name"])
    op.create_table(
        "event",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("when", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("earliest", sa.Text(), nullable=True),
        sa.Column("latest", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("quotation_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_event_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["quotation_id"], ["quotation.id"], name="fk_event_quotation_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
    )
    op.create_index("ix_event_document_id", "event", ["document_id"])
    op.create_index("ix_event_earliest", "event", ["earliest"])
    op.create_index("ix_event_latest", "event", ["latest"])
    op.create_index("ix_event_quotation_id", "event", ["quotation_id"])
    op.create_table(
        "event_actor",
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name="fk_event_actor_actor_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name="fk_event_actor_event_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", "actor_id", name="pk_event_actor"),
    )
    op.create_index("ix_event_actor_actor_id", "event_actor", ["actor_id"])
    op.create_table(
        "figure",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("of", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_figure_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_figure"),
    )
    op.create_index("ix_figure_document_id", "figure", ["document_id"])


def _links() -> None:
    op.create_table(
        "copy",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("a_document", sa.Text(), nullable=False),
        sa.Column("a_start", sa.Integer(), nullable=False),
        sa.Column("a_end", sa.Integer(), nullable=False),
        sa.Column("b_document", sa.Text(), nullable=False),
        sa.Column("b_start", sa.Integer(), nullable=False),
        sa.Column("b_end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("direction", sa.Text(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["a_document"], ["document.id"], name="fk_copy_a_document", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b_document"], ["document.id"], name="fk_copy_b_document", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_copy"),
    )
    op.create_index("ix_copy_a_document", "copy", ["a_document"])
    op.create_index("ix_copy_b_document", "copy", ["b_document"])
    op.create_table(
        "matter",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_matter"),
    )
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quotation_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_account_document_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name="fk_account_matter_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["quotation_id"], ["quotation.id"], name="fk_account_quotation_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.create_index("ix_account_document_id", "account", ["document_id"])
    op.create_index("ix_account_matter_id", "account", ["matter_id"])
    op.create_index("ix_account_quotation_id", "account", ["quotation_id"])
    op.create_table(
        "conflict",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("a_document", sa.Text(), nullable=False),
        sa.Column("a_start", sa.Integer(), nullable=False),
        sa.Column("a_end", sa.Integer(), nullable=False),
        sa.Column("b_document", sa.Text(), nullable=False),
        sa.Column("b_start", sa.Integer(), nullable=False),
        sa.Column("b_end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("difference", sa.Text(), nullable=False),
        sa.Column("severity", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("matter_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["a_document"], ["document.id"], name="fk_conflict_a_document", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["b_document"], ["document.id"], name="fk_conflict_b_document", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["matter_id"], ["matter.id"], name="fk_conflict_matter_id", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_conflict"),
    )
    op.create_index("ix_conflict_a_document", "conflict", ["a_document"])
    op.create_index("ix_conflict_b_document", "conflict", ["b_document"])
    op.create_index("ix_conflict_matter_id", "conflict", ["matter_id"])
