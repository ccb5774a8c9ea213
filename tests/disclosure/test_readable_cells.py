"""Which reported numbers of earlier releases may still be read. Each world is a list of commits, oldest first."""

import numpy as np
import pandas as pd
import pytest

from data.store.guarded import ReportedPast
from disclosure.readable_cells import KEY, cells_that_tell_a_third, suppressed_since

TABLE = [*KEY, "value", "reason", "basis", "footnote", "upload_id"]
GONE, LACKS = "suppressed", "missing"


def row(gender, content, upload):
    number, reason = (np.nan, content) if isinstance(content, str) else (float(content), None)
    return ("m", "0136", "2023", gender, number, reason, np.nan, "", f"upload-{upload}")


def world(*commits, undone=()):
    """What has been done, and the rows of each commit. commits: by gender a number, a reason, or nothing.

    A cell comes from the upload of the commit that last changed it. undone: the numbers of commits whose uploads are undone.
    """
    changes, tables, before, uploads = [], [], {}, {}
    for number, after in enumerate(commits, start=1):
        for gender in sorted({*before, *after}):
            was, becomes = before.get(gender), after.get(gender)
            came_from = uploads.get(gender, number)
            if was != becomes:
                uploads[gender] = number
            if was is not None and becomes is not None and was != becomes:
                changes += [(number, "update_preimage", *row(gender, was, came_from))]
                changes += [(number, "update_postimage", *row(gender, becomes, number))]
            elif was is None:
                changes += [(number, "insert", *row(gender, becomes, number))]
            elif becomes is None:
                changes += [(number, "delete", *row(gender, was, came_from))]
        tables.append(
            pd.DataFrame([row(*cell, uploads[cell[0]]) for cell in sorted(after.items())], columns=TABLE)
        )
        before = after
    table = pd.DataFrame(changes, columns=["snapshot_id", "change_type", *TABLE])
    return ReportedPast(table, tables[-1], frozenset(f"upload-{number}" for number in undone)), tables


def suppressed(*commits, undone=()):
    """For each commit the genders whose numbers may not be read at it any longer."""
    past, tables = world(*commits, undone=undone)
    hide = [
        suppressed_since(table, past, release_number=number) for number, table in enumerate(tables, start=1)
    ]
    return ["".join(table["gender"][of_table]) for table, of_table in zip(tables, hide, strict=True)]


@pytest.mark.parametrize(
    ("commits", "expected"),
    [
        (({"T": 50}, {"T": GONE}), ["T", ""]),
        (({"T": 50}, {"T": 51}), ["", ""]),
        (({"T": 50}, {"T": GONE}, {"T": 50}), ["", "", ""]),  # the newest shows that very number
        (({"T": 50}, {"T": GONE}, {"T": 51}), ["T", "", ""]),
        (({"T": 50}, {"T": GONE}, {}), ["T", "", ""]),
        (({"T": GONE}, {"T": 50}, {"T": LACKS}), ["", "", ""]),  # the number was told after all
        (({"T": GONE}, {"T": 50}, {"T": 51}), ["", "", ""]),
        (({"T": LACKS}, {"T": 50}, {"T": LACKS}), ["", "", ""]),  # missing is no secret
    ],
)
def test_a_value_suppressed_at_one_time_is_not_shown_at_another(commits, expected):
    assert suppressed(*commits) == expected


@pytest.mark.parametrize(
    ("commits", "expected"),
    [
        (({"T": 50, "K": GONE}, {"T": 50, "K": GONE, "M": 40}), ""),  # protected together as they stand
        (({"T": 50, "K": GONE}, {"K": GONE, "M": 40}), "T"),  # T of the first and M of the second tell K
        (({"T": 50, "K": GONE}, {"K": GONE, "M": 40}, {}), "T"),
        (({"T": 50}, {"M": 40}), ""),  # nothing was ever suppressed
    ],
)
def test_of_two_that_reveal_a_third_the_one_no_longer_in_force_is_not_shown(commits, expected):
    past, _ = world(*commits)
    assert "".join(cells_that_tell_a_third(past)["gender"]) == expected


def test_a_suppressed_cell_that_only_an_undone_upload_published_is_shown_at_no_release():
    life = ({"T": GONE}, {"T": 50}, {"T": LACKS}, {"T": LACKS})
    assert suppressed(*life, undone=[2]) == ["", "T", "", ""]
    assert suppressed(*life) == ["", "", "", ""]
    told_again = ({"T": GONE}, {"T": 50}, {"T": GONE}, {"T": 51}, {"T": LACKS})
    assert suppressed(*told_again, undone=[2]) == ["", "T", "", "", ""]


def test_two_shown_values_do_not_reveal_the_third_that_only_an_undone_upload_published():
    life = ({"T": GONE}, {"T": 50, "K": 45}, {"T": LACKS, "M": 40})
    past, _ = world(*life, undone=[2])
    assert cells_that_tell_a_third(past)["gender"].tolist() == ["K"]
