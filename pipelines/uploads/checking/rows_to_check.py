"""The rows that the contract of reported values checks: the municipality's own, its missing ones, and those they belong with."""

from typing import Final

import numpy as np
import pandas as pd

from domain.value import Gender
from pipelines.uploads.upload_context import UploadContext

NOWHERE: Final = 0  # the row and column of what does not stand in the file
_KEY: Final = ["measure_id", "period", "gender"]
_TEXTS: Final = [*_KEY, "sheet", "measure_text", "municipality_code", "municipality_text", "text", "problem"]
_COLUMNS: Final = [*_TEXTS, "row", "column", "value", "reason", "basis"]


def is_checked(values: pd.DataFrame, context: UploadContext) -> "pd.Series[bool]":
    """Which rows could be published from here: of a reported measure, for the municipality or for nobody knows whom."""
    is_hers = values["municipality_code"].isin([context.place.code])
    is_nobodys = (values["municipality_code"] == "") & (values["problem"] != "")
    return (is_hers | is_nobodys) & values["measure_id"].isin([measure.id for measure in context.reported])


def rows_to_check(values: pd.DataFrame, context: UploadContext, concerned: frozenset[str]) -> pd.DataFrame:
    """Those rows; what is asked for of the measures that are `concerned` and is not there; and of totals, women and men what is published and not said again.

    Index from 0. is_asked_for: something must stand there. is_published: it stands in the figures and not in the file.
    What has been published and is left out need not be said again; left empty, it is withdrawn.
    """
    rows = values.loc[is_checked(values, context), _COLUMNS].reset_index(drop=True)
    # Columns of a few words are cheaper as plain text once they are this narrow, and take words of what is asked for.
    rows = rows.astype(
        dict.fromkeys(_TEXTS, "str") | {"value": "float64", "basis": "float64", "reason": "object"}
    )
    published = context.published[context.published["municipality_code"] == context.place.code]
    requested = [(measure.id, str(period), str(Gender.TOTAL)) for measure, period in context.requested]
    is_hers = (rows["municipality_code"] == context.place.code).to_numpy(dtype=np.bool_)
    keys = _keys(rows)
    is_open = np.asarray(keys.isin(requested), dtype=np.bool_) & ~keys.isin(_keys(published))
    rows = rows.assign(is_asked_for=is_hers & is_open, is_published=False)
    present = {*keys[is_hers], *_keys(published)}
    lacking = pd.DataFrame(
        [key for key in requested if key not in present and key[0] in concerned], columns=_KEY
    )
    added = (
        _added(lacking, rows, context, is_asked_for=True),
        _added(_beside(published, keys), rows, context),
    )
    return pd.concat([frame for frame in (rows, *added) if len(frame)] or [rows], ignore_index=True)


def _beside(published: pd.DataFrame, keys: pd.MultiIndex) -> pd.DataFrame:
    """The published numbers of the measures and periods of the file, of genders that it does not speak of."""
    of_file = {key[:2] for key in keys}
    is_beside = np.array([key[:2] in of_file for key in _keys(published)], dtype=np.bool_) & ~_keys(
        published
    ).isin(keys)
    return published[is_beside & published["value"].notna().to_numpy(dtype=np.bool_)]


def _added(
    some: pd.DataFrame, rows: pd.DataFrame, context: UploadContext, *, is_asked_for: bool = False
) -> pd.DataFrame:
    """Return rows that are not in the file, with the columns of those that are."""
    if some.empty:
        return some
    added = some.reindex(columns=list(rows.columns)).astype({"reason": object})
    texts = added[_TEXTS].astype(object)
    added[_TEXTS] = texts.where(texts.notna(), "")
    added[["row", "column"]] = NOWHERE
    added["reason"] = None
    added["municipality_code"] = context.place.code
    added["is_asked_for"], added["is_published"] = is_asked_for, not is_asked_for
    return added.astype(rows.dtypes.to_dict())


def _keys(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_arrays([rows[name].astype("str").astype(object) for name in _KEY])
