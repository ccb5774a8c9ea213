"""Values that are given candidates in a file."""

from typing import Final

import numpy as np
import pandas as pd

from domain.upload import Address
from metrics.arrays import Booleans, Integers
from pipelines.uploads.interpretation.extraction_notes import REPEATED, ExtractionNotes
from pipelines.uploads.upload_context import UploadContext

_MOST_COUNTERS: Final = 4  # for each key, before sorting them is faster than counting


def drop_repeats(frame: pd.DataFrame, context: UploadContext, notes: ExtractionNotes) -> pd.DataFrame:
    """Drop values that repeat an earlier one exactly. Different values for the same cell all stay, for the checks to report."""
    is_named = (frame["measure_id"] != "") | (frame["measure_text"] != "")
    is_sure = ((frame["problem"] == "") & (frame["municipality_code"] != "") & is_named).to_numpy()
    key = np.zeros(len(frame), dtype=np.int64)
    for name in ("measure_id", "measure_text", "municipality_code", "period", "gender"):
        codes = frame[name].cat.codes.to_numpy().astype(np.int64)
        if name == "measure_text":  # measures without an id are told apart by their names
            has_no_id = (frame["measure_id"] == "").to_numpy()
            if not has_no_id.any():
                continue
            codes = np.where(has_no_id, codes, 0)
        key = key * (len(frame[name].cat.categories) + 1) + codes
    is_repeated_key = _is_repeated(key[is_sure])
    if not is_repeated_key.any():
        return frame
    rows = np.flatnonzero(is_sure)[is_repeated_key]
    candidates = pd.DataFrame(
        {
            "key": key[rows],
            "value": frame["value"].to_numpy()[rows],
            "reason": frame["reason"].cat.codes.to_numpy()[rows],
            "basis": frame["basis"].to_numpy()[rows],
        }
    )
    is_repeat = candidates.duplicated().to_numpy()
    repeats = rows[is_repeat]
    if not len(repeats):
        return frame
    for code, group in frame.iloc[repeats].groupby("municipality_code", observed=True, sort=False):
        at = Address(str(group["sheet"].iloc[0]), int(group["row"].iloc[0]), int(group["column"].iloc[0]))
        name = context.places[str(code)].name if str(code) in context.places else str(code)
        notes.add("same_twice", REPEATED, address=at, count=len(group), place=name)
    is_retained = np.ones(len(frame), dtype=np.bool_)
    is_retained[repeats] = False
    return frame[is_retained].reset_index(drop=True)


def _is_repeated(keys: Integers) -> Booleans:
    """Return which keys occur more than once. They are not negative."""
    if keys.max(initial=-1) < _MOST_COUNTERS * len(keys):
        return np.asarray((np.bincount(keys) > 1)[keys], dtype=np.bool_)
    return np.asarray(pd.Series(keys).duplicated(keep=False), dtype=np.bool_)
