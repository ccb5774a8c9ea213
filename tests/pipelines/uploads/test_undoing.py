"""Undoing restores exactly the previous values, is itself in the history, and leaves later files alone."""

from itertools import permutations

import pandas as pd
import pytest

from data.workspace.uploads import upload
from domain.errors.fields import FieldError
from domain.errors.people import NotAllowedError
from domain.errors.uploads import UploadStateError
from domain.upload import CellChange, UploadState
from domain.value import Gender
from pipelines.uploads.history import ReportedState, cell_history, upload_history
from pipelines.uploads.undoing import preview_undo, undo
from tests.pipelines.uploads.conftest import COUNT, HANINGE, SAFE, figures_location, figures_table, keep
from tests.pipelines.uploads.test_publishing import ALL, FEW_WOMEN, publish_cells


def test_undoing_restores_exactly_what_stood_before(home, people):
    publish_cells(home, people["controller"], ALL)
    before = figures_table(home)
    second = publish_cells(
        home, people["other"], FEW_WOMEN | {(COUNT, "2022", "T"): 9.0}, file_name="fel.xlsx"
    )
    assert figures_location(home)[SAFE, "2023", "K"] == "suppressed"
    preview = preview_undo(home.stores, second.id)
    assert preview.counts[CellChange.WITHDRAWN] == 1
    assert all(cell.said_value is None for cell in preview.cells)
    undone = undo(home.stores, people["controller"], second.id, "Fel fil.")
    pd.testing.assert_frame_equal(figures_table(home), before)
    assert (undone.state, undone.undone_by, undone.undone_because) == (
        UploadState.UNDONE,
        people["controller"].name,
        "Fel fil.",
    )


def test_undoing_an_earlier_file_leaves_what_later_ones_say(home, people):
    first = publish_cells(home, people["controller"], ALL)
    publish_cells(home, people["controller"], {(SAFE, "2023", "T"): (82.0, 100)}, file_name="senare.xlsx")
    undo(home.stores, people["controller"], first.id, "Gammal.")
    assert figures_location(home) == {(SAFE, "2023", "T"): 82.0}


@pytest.mark.parametrize("order", list(permutations(range(3)))[:3])
def test_with_every_file_undone_nothing_is_left_whatever_the_order(home, people, order):
    files = [
        publish_cells(home, people["controller"], cells, file_name=f"{number}.xlsx")
        for number, cells in enumerate(
            (
                {(SAFE, "2023", "T"): (80.0, 90)},
                {(SAFE, "2023", "T"): "missing"},
                {(SAFE, "2023", "T"): (80.0, 90)},
            )
        )
    ]
    for number in order:
        undo(home.stores, people["controller"], files[number].id, "Ångrar mig.")
    assert figures_location(home) == {}


def test_undoing_requires_a_reason_a_right_and_something_published(home, people):
    done = publish_cells(home, people["controller"], ALL)
    with pytest.raises(FieldError, match=r"” är tomt\. Fyll"):
        undo(home.stores, people["controller"], done.id, "  ")
    for who in ("neighbour", "leadership", "coordinator"):
        with pytest.raises(NotAllowedError):
            undo(home.stores, people[who], done.id, "Vill inte.")
    assert upload(home.workspace, done.id).state is UploadState.PUBLISHED
    draft = keep(home, people["controller"], ALL)
    with pytest.raises(UploadStateError):
        undo(home.stores, people["controller"], draft.id, "Utkast.")
    undo(home.stores, people["other"], done.id, "Fel.")
    with pytest.raises(UploadStateError):
        undo(home.stores, people["controller"], done.id, "Igen.")


def test_the_history_of_a_cell_shows_who_when_from_which_file_and_why(home, people):
    publish_cells(
        home, people["controller"], {(COUNT, "2023", "T"): (12.0, None, "Ny enkät")}, file_name="a.xlsx"
    )
    second = publish_cells(home, people["other"], {(COUNT, "2023", "T"): 15.0}, file_name="b.xlsx")
    undo(home.stores, people["controller"], second.id, "Fel kolumn.")
    newest, middle, oldest = cell_history(
        home.stores,
        people["neighbour"],
        measure_id=COUNT,
        municipality_code=HANINGE,
        period="2023",
        gender=Gender.TOTAL,
    )
    assert (oldest.change, oldest.before, oldest.after) == (
        CellChange.NEW,
        ReportedState(),
        ReportedState(12.0),
    )
    assert (oldest.person, oldest.file_name, oldest.footnote) == (
        people["controller"].name,
        "a.xlsx",
        "Ny enkät.",
    )
    assert (middle.change, middle.before, middle.after) == (
        CellChange.CHANGED,
        ReportedState(12.0),
        ReportedState(15.0),
    )
    assert (middle.person, middle.file_name, middle.is_undo) == (people["other"].name, "b.xlsx", False)
    assert (newest.is_undo, newest.file_name, newest.why) == (True, "b.xlsx", "Fel kolumn.")
    assert (newest.person, newest.before, newest.after) == (
        people["controller"].name,
        ReportedState(15.0),
        ReportedState(12.0),
    )
    assert [step.state for step in upload_history(upload(home.workspace, second.id))] == [
        UploadState.DRAFT,
        UploadState.PUBLISHED,
        UploadState.UNDONE,
    ]


def test_the_history_hides_what_has_been_suppressed_since(home, people):
    publish_cells(home, people["controller"], {(SAFE, "2023", "K"): (42.5, 20)})
    publish_cells(home, people["controller"], {(SAFE, "2023", "K"): (42.5, 3)}, file_name="rättat.xlsx")
    events = cell_history(
        home.stores,
        people["controller"],
        measure_id=SAFE,
        municipality_code=HANINGE,
        period="2023",
        gender=Gender.WOMEN,
    )
    assert len(events) == 2
    assert "42.5" not in repr(events)
    assert "42.5" not in repr(figures_location(home, 1)) + repr(figures_location(home, -2))
