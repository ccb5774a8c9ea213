"""People, networks, their measures, comparability, use counts, and the audit log that only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

RISING = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
NETWORK = sa.String(80)
MEASURE = sa.String(80)
PERSON = sa.String(80)
CODE = sa.String(4)
WORD = sa.String(32)


def upgrade() -> None:
    _make_networks()
    _make_people()
    _make_measures()
    _make_what_is_said_of_measures()
    _make_audit_log()


def downgrade() -> None:
    for name in (
        "audit_entry",
        "use_count",
        "comparability_statement",
        "measure_target",
        "measure_vote",
        "measure_comment",
        "measure_life_event",
        "measure_in_network",
        "measure_definition",
        "measure",
        "held_role",
        "person",
        "membership",
        "network_version",
        "network",
    ):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_stays()")


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _make_networks() -> None:
    op.create_table(
        "network",
        sa.Column("id", NETWORK, primary_key=True),
        sa.Column("name_key", sa.String(255), nullable=False, unique=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
    )
    op.create_table(
        "network_version",
        sa.Column("network_id", NETWORK, sa.ForeignKey("network.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("saved_at", MOMENT, nullable=False),
        _text("name"),
        sa.Column("kind", WORD, nullable=False),
        _text("aim"),
        _text("area_of_work"),
        _text("contact"),
        sa.Column("period_from", sa.Date()),
        sa.Column("period_to", sa.Date()),
        sa.Column("forming_until", sa.Date()),
        sa.Column("next_meeting", sa.Date()),
        sa.Column("kolada_group", sa.String(32)),
    )
    op.create_table(
        "membership",
        sa.Column("network_id", NETWORK, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("code", CODE, nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date()),
        sa.ForeignKeyConstraint(
            ["network_id", "version"], ["network_version.network_id", "network_version.version"]
        ),
    )


def _make_people() -> None:
    op.create_table(
        "person",
        sa.Column("id", PERSON, primary_key=True),
        _text("name"),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "held_role",
        sa.Column("person_id", PERSON, sa.ForeignKey("person.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("role", WORD, nullable=False),
        sa.Column("network_id", NETWORK, sa.ForeignKey("network.id")),
        sa.Column("municipality_code", CODE),
    )


def _make_measures() -> None:
    op.create_table(
        "measure",
        sa.Column("id", MEASURE, primary_key=True),
        sa.Column("owner_network", NETWORK, sa.ForeignKey("network.id"), nullable=False),
        sa.Column("variable_name", sa.String(80), nullable=False, unique=True),
    )
    op.create_table(
        "measure_definition",
        sa.Column("number", RISING, primary_key=True),
        sa.Column("measure_id", MEASURE, sa.ForeignKey("measure.id"), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("source", WORD, nullable=False),
        _text("expression"),
        _text("name"),
        _text("resident_sentence"),
        _text("unit"),
        sa.Column("decimals", sa.Integer(), nullable=False),
        sa.Column("direction", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        _text("included"),
        _text("not_included"),
        _text("service_and_overheads"),
        _text("numerator"),
        _text("denominator"),
        _text("data_source"),
        _text("responsible"),
        sa.Column("interval", WORD, nullable=False),
        sa.Column("smallest_basis", sa.Integer(), nullable=False),
        _text("not_to_be_used_for"),
        _text("changed_because"),
    )
    op.create_index("ix_measure_definition_measure_id", "measure_definition", ["measure_id"])
    op.create_table(
        "measure_in_network",
        sa.Column("network_id", NETWORK, sa.ForeignKey("network.id"), primary_key=True),
        sa.Column("measure_id", MEASURE, sa.ForeignKey("measure.id"), primary_key=True),
        _text("section"),
        sa.Column("version", sa.Integer(), nullable=False),
    )


def _in_network() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["network_id", "measure_id"], ["measure_in_network.network_id", "measure_in_network.measure_id"]
    )


def _make_what_is_said_of_measures() -> None:
    op.create_table(
        "measure_life_event",
        sa.Column("network_id", NETWORK, primary_key=True),
        sa.Column("measure_id", MEASURE, primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("state", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", PERSON, nullable=False),
        sa.Column("decided_on", sa.Date()),
        _text("minutes_reference"),
        _text("reason"),
        _in_network(),
    )
    op.create_table(
        "measure_comment",
        sa.Column("number", RISING, primary_key=True),
        sa.Column("network_id", NETWORK, nullable=False),
        sa.Column("measure_id", MEASURE, nullable=False),
        sa.Column("person_id", PERSON, nullable=False),
        sa.Column("municipality_code", CODE),
        sa.Column("at", MOMENT, nullable=False),
        _text("text"),
        _in_network(),
    )
    op.create_index("ix_measure_comment_network_id", "measure_comment", ["network_id"])
    op.create_table(
        "measure_vote",
        sa.Column("network_id", NETWORK, primary_key=True),
        sa.Column("measure_id", MEASURE, primary_key=True),
        sa.Column("municipality_code", CODE, primary_key=True),
        sa.Column("is_for", sa.Boolean(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", PERSON, nullable=False),
        _in_network(),
    )
    op.create_table(
        "measure_target",
        sa.Column("number", RISING, primary_key=True),
        sa.Column("network_id", NETWORK, nullable=False),
        sa.Column("measure_id", MEASURE, nullable=False),
        sa.Column("holder", sa.String(8), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("low", sa.Float()),
        sa.Column("high", sa.Float()),
        sa.UniqueConstraint("network_id", "measure_id", "holder", "year", "version"),
        _in_network(),
    )
    op.create_table(
        "comparability_statement",
        sa.Column("network_id", NETWORK, primary_key=True),
        sa.Column("measure_id", MEASURE, primary_key=True),
        sa.Column("municipality_code", CODE, primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("flag", WORD, nullable=False),
        _text("included"),
        _text("overhead"),
        _text("operator"),
        _text("counting_method"),
        _in_network(),
    )
    op.create_table(
        "use_count",
        sa.Column("measure_id", MEASURE, primary_key=True),
        sa.Column("day", sa.Date(), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
    )


def _make_audit_log() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("number", RISING, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person_id", PERSON, nullable=False),
        _text("person_name"),
        sa.Column("action", WORD, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("subject_kind", WORD, nullable=False),
        sa.Column("subject_id", sa.String(255), nullable=False),
        sa.Column("network_id", NETWORK),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
    )
    for column in ("at", "person_id", "subject_id", "network_id"):
        op.create_index(f"ix_audit_entry_{column}", "audit_entry", [column])
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_entry_stays() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the audit log only grows'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_stays()"
        )
        return
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_entry "
            "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
        )
    # INSERT OR REPLACE removes the row that it replaces without asking the trigger on DELETE.
    op.execute(
        "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_entry "
        "WHEN EXISTS (SELECT 1 FROM audit_entry WHERE number = NEW.number) "
        "BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END"
    )
