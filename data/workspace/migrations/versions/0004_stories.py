"""The success bank: stories and their versions, pictures, attachments, reuses and readings."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STORY = sa.String(80)
NETWORK = sa.String(80)
PERSON = sa.String(80)
MEASURE = sa.String(80)
CODE = sa.String(4)
CHECKSUM = sa.String(64)
WORD = sa.String(32)


def upgrade() -> None:
    _make_stories()
    _make_what_belongs_to_stories()


def downgrade() -> None:
    for name in ("reading", "reuse", "attachment", "picture", "story_version", "story"):
        op.drop_table(name)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _make_stories() -> None:
    op.create_table(
        "story",
        sa.Column("id", STORY, primary_key=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("published_version", sa.Integer()),
        sa.Column("published_at", MOMENT),
        sa.Column("owner_municipality", CODE),
        sa.Column("owner_network", NETWORK, sa.ForeignKey("network.id")),
        _text("written_by"),
        sa.Column("is_made_up", sa.Boolean(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    for column in ("kind", "state", "owner_municipality", "owner_network"):
        op.create_index(f"ix_story_{column}", "story", [column])
    op.create_table(
        "story_version",
        sa.Column("story_id", STORY, sa.ForeignKey("story.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("person_id", PERSON, nullable=False),
        _text("person_name"),
        sa.Column("is_written", sa.Boolean(), nullable=False),
        _text("reviewed_by"),
        sa.Column("revisit_on", sa.Date()),
        sa.Column("body", sa.JSON(), nullable=False),
    )


def _make_what_belongs_to_stories() -> None:
    op.create_table(
        "picture",
        sa.Column("checksum", CHECKSUM, primary_key=True),
        sa.Column("media_type", WORD, nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "attachment",
        sa.Column("checksum", CHECKSUM, primary_key=True),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "reuse",
        sa.Column("case_id", STORY, sa.ForeignKey("story.id"), primary_key=True),
        sa.Column("municipality_code", CODE, primary_key=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("started_on", sa.Date()),
        _text("how_it_went"),
        sa.Column("own_case_id", STORY, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "reading",
        sa.Column("measure_id", MEASURE, primary_key=True),
        sa.Column("case_id", STORY, primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
    )
