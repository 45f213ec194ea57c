"""Steps of chains, confidence with its reason, continuations, and words in marks that are nobody's words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """What an earlier version stored says nothing of these; reading the archive again fills them."""
    for column in (
        sa.Column("links", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("cited_basis", sa.Text(), nullable=True),
        sa.Column("continuation", sa.JSON(), server_default="[]", nullable=False),
        sa.Column("confidence", sa.Float(), server_default="1.0", nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("speaker_confidence", sa.Float(), server_default="1.0", nullable=False),
        sa.Column("speaker_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
    ):
        op.add_column("quotation", column)
    op.create_table(
        "aside",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_aside_document_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_aside"),
    )
    op.create_index("ix_aside_document_id", "aside", ["document_id"])
