"""Validates tables against their contracts, and reports failures with counts and examples."""

from collections.abc import Sequence
from typing import Final

import duckdb
import ibis
import pandas as pd
from pandera.errors import SchemaError, SchemaErrors

from data.contracts.indicator_value import KEY
from data.contracts.staged_value import StagedValue
from data.contracts.tables import SMALL_TABLES
from domain.errors.storage import ContractError

MOST_EXAMPLES: Final = 3


def validate_table(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """Return the validated rows of a small table, with columns in the order of its contract. Raises `ContractError`."""
    contract = SMALL_TABLES[name]
    # A fresh index, since pandera raises a bare ValueError on some others.
    try:
        valid = contract.validate(table.reset_index(drop=True), lazy=True)
    except SchemaErrors as error:
        raise ContractError(table=name, failures=_describe_errors(error.schema_errors)) from error
    return valid[list(contract.to_schema().columns)]


def validate_staged_values(connection: duckdb.DuckDBPyConnection) -> None:
    """Validate the table `staged_value` of a connection inside DuckDB. Raises `ContractError`."""
    staged = ibis.duckdb.from_connection(connection).table("staged_value")
    try:
        StagedValue.validate(staged, lazy=True)
    except SchemaErrors as error:
        failures = [
            schema_error for schema_error in error.schema_errors if _rule(schema_error) != "key_is_unique"
        ]
        sentences = [text for text in (_describe_errors(failures), _shared_keys(staged)) if text]
        raise ContractError(table="indicator_value", failures="; ".join(sentences)) from error


def _describe_errors(errors: Sequence[SchemaError]) -> str:
    return "; ".join(_failure(error) for error in errors)


def _failure(error: SchemaError) -> str:
    """Describe one broken rule: column, rule, number of rows, some examples."""
    column = getattr(error.schema, "name", None)
    place = f"{column} {_rule(error)}" if column and column[0].islower() else _rule(error)
    cases = error.failure_cases
    if isinstance(cases, ibis.Table):
        cases = cases.execute()
    if not isinstance(cases, pd.DataFrame):
        return f"{place}: {cases}" if isinstance(cases, str) else place
    return f"{place}: {len(cases)} ({_examples(cases)})"


def _rule(error: SchemaError) -> str:
    """Return the rule's name, or pandera's own name for rules on columns, types and empty cells."""
    return str(getattr(error.check, "name", None) or error.check or error.reason_code)


def _examples(cases: pd.DataFrame) -> str:
    """Return the first failing cells or rows, in whichever form pandera returns them."""
    first = cases.head(MOST_EXAMPLES)
    rows = first["failure_case"].tolist() if "failure_case" in first else first.to_dict("records")
    return ", ".join(
        " ".join(str(cell) for cell in row.values()) if isinstance(row, dict) else str(row) for row in rows
    )


def _shared_keys(staged: ibis.Table) -> str:
    """Report how many keys are shared by several rows, with examples; nothing if none are."""
    shared = (
        staged.group_by(*KEY).aggregate(rows=lambda group: group.count()).filter(lambda group: group.rows > 1)
    )
    count = int(shared.count().execute())
    if not count:
        return ""
    return f"key_is_unique: {count} ({_examples(shared.drop('rows').limit(MOST_EXAMPLES).execute())})"
