"""Holds a table to its contract, and tells what breaks it with counts and examples."""

from collections.abc import Sequence
from typing import Any, Final

import duckdb
import ibis
import pandas as pd
from pandera.errors import SchemaError, SchemaErrors

from data.contracts.staged_value import StagedValue
from data.contracts.tables import SMALL_TABLES
from domain.errors import ContractError

MOST_EXAMPLES: Final = 3


def validate_table(name: str, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a small table, columns in the order of its contract. Raises `ContractError`."""
    contract = SMALL_TABLES[name]
    # A fresh index, since pandera raises a bare ValueError on some others.
    try:
        valid = contract.validate(table.reset_index(drop=True), lazy=True)
    except SchemaErrors as error:
        raise _told(name, error.schema_errors) from error
    return valid[list(contract.to_schema().columns)]


def validate_staged_values(connection: duckdb.DuckDBPyConnection) -> None:
    """Validate the table `staged_value` of a connection inside DuckDB. Raises `ContractError`."""
    staged = ibis.duckdb.from_connection(connection).table("staged_value")
    try:
        StagedValue.validate(staged, lazy=True)
    except SchemaErrors as error:
        raise _told("indicator_value", error.schema_errors) from error


def _told(table: str, errors: Sequence[SchemaError]) -> ContractError:
    return ContractError(table=table, failures="; ".join(_failure(error) for error in errors))


def _failure(error: SchemaError) -> str:
    """One broken rule: column, rule, how many rows, some of them."""
    column = getattr(error.schema, "name", None) or ""
    rule = getattr(error.check, "name", None) or getattr(error.check, "error", None) or error.check or error
    cases: Any = error.failure_cases
    if not isinstance(cases, pd.DataFrame):
        return f"{column} {rule}" if cases is None else f"{column} {rule}: {cases}"
    shown = ", ".join(str(one) for one in _examples(cases))
    return f"{column} {rule}: {len(cases)} ({shown})"


def _examples(cases: pd.DataFrame) -> list[object]:
    first = cases.head(MOST_EXAMPLES)
    if "failure_case" in first.columns:
        return list(first["failure_case"])
    return [" ".join(str(one) for one in row) for row in first.itertuples(index=False)]
