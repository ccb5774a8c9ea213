"""Uploads with their files, contents, explanations and remembered layouts; networks that want a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NETWORK = sa.String(80)
UPLOAD = sa.String(80)
PERSON = sa.String(80)
CODE = sa.String(4)
CHECKSUM = sa.String(64)
WORD = sa.String(32)


def upgrade() -> None:
    for name in ("wants_sign_off", "is_made_up"):
        op.add_column(
            "network_version", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    _make_uploads()
    _make_what_belongs_to_uploads()


def downgrade() -> None:
    for name in (
        "remembered_layout",
        "upload_counter",
        "upload_explanation",
        "upload_content",
        "upload_file",
        "upload",
    ):
        op.drop_table(name)
    for name in ("wants_sign_off", "is_made_up"):
        op.drop_column("network_version", name)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _make_uploads() -> None:
    op.create_table(
        "upload",
        sa.Column("id", UPLOAD, primary_key=True),
        sa.Column("network_id", NETWORK, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("municipality_code", CODE, nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        _text("file_name"),
        sa.Column("checksum", CHECKSUM, nullable=False),
        sa.Column("person_id", PERSON, nullable=False),
        _text("person_name"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("is_made_up", sa.Boolean(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        _text("reason"),
        sa.Column("publish_on", sa.Date()),
        _text("signed_by"),
        sa.Column("published_at", MOMENT),
        _text("published_by"),
        sa.Column("undone_at", MOMENT),
        _text("undone_by"),
        _text("undone_because"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    for column in ("network_id", "municipality_code", "checksum", "state"):
        op.create_index(f"ix_upload_{column}", "upload", [column])
    op.create_table(
        "upload_file",
        sa.Column("checksum", CHECKSUM, primary_key=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
    )


def _make_what_belongs_to_uploads() -> None:
    op.create_table(
        "upload_content",
        sa.Column("upload_id", UPLOAD, sa.ForeignKey("upload.id"), primary_key=True),
        sa.Column("raw_values", sa.LargeBinary(), nullable=False),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("evaluations", sa.LargeBinary()),
        sa.Column("result", sa.LargeBinary()),
    )
    op.create_table(
        "upload_explanation",
        sa.Column("upload_id", UPLOAD, sa.ForeignKey("upload.id"), primary_key=True),
        sa.Column("finding_id", sa.String(120), primary_key=True),
        _text("text"),
        sa.Column("person_id", PERSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    counter = op.create_table(
        "upload_counter",
        sa.Column("name", WORD, primary_key=True),
        sa.Column("last", sa.Integer(), nullable=False),
    )
    op.bulk_insert(counter, [{"name": "publication", "last": 0}])
    op.create_table(
        "remembered_layout",
        sa.Column("municipality_code", CODE, primary_key=True),
        sa.Column("network_id", NETWORK, sa.ForeignKey("network.id"), primary_key=True),
        sa.Column("layout_key", sa.String(128), primary_key=True),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("person_id", PERSON, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
