"""What dates an event and in what sense it is told; other readings of a date; judgements."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """What an earlier version stored says nothing of these; reading the archive again fills them."""
    op.add_column("time_expression", sa.Column("readings", sa.JSON(), server_default="[]", nullable=False))
    for column in (
        sa.Column("factuality", sa.Text(), server_default="fact", nullable=False),
        sa.Column("trigger", sa.JSON(), nullable=True),
        sa.Column("anchor", sa.JSON(), nullable=True),
        sa.Column("basis", sa.Text(), server_default="stated", nullable=False),
        sa.Column("doubt", sa.Text(), nullable=True),
    ):
        op.add_column("event", column)
    op.add_column("event_actor", sa.Column("role", sa.Text(), server_default="who", nullable=False))
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_judgement"),
    )
    op.create_index("ix_judgement_document_id", "judgement", ["document_id"])
