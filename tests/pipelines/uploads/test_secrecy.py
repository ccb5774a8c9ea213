"""Plays the attacker: computes suppressed values from everything that any release shows today. Must find nothing."""

from datetime import UTC, datetime
from itertools import count

import numpy as np
import pandas as pd
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from data.store.figures import open_lake
from data.store.writing import write_release
from disclosure.reported import disclose_reported
from disclosure.writing import stored_rows
from domain.upload import Upload, UploadState
from pipelines.uploads.changes import difference
from pipelines.uploads.resolved_cells import (
    FIGURES_COLUMNS,
    covered_measure_periods,
    resolve_cells,
    to_figures_rows,
)
from tests.homes import home_at
from tests.pipelines.uploads.conftest import HANINGE, content, definition

SMALLEST = 7
STEPS = 5
GENDERS = ("T", "K", "M")
PERIOD = "2023"

said_of_a_cell = st.sampled_from(["number", "number", "number", "suppressed", "missing", "empty", "nothing"])
a_file = st.tuples(said_of_a_cell, said_of_a_cell, said_of_a_cell)
a_step = st.one_of(
    a_file, a_file, st.integers(0, STEPS)
)  # a file is published, or one that is in force undone
a_history = st.tuples(
    st.tuples(st.integers(1, 15), st.integers(1, 15)),  # women and men, as everybody knows
    st.lists(a_step, min_size=2, max_size=STEPS),
)
# Lives in which only a file that is undone has told what an earlier file calls suppressed.
TOLD_BY_AN_UNDONE_FILE_ALONE = [
    (
        (13, 3),
        [
            ("suppressed", "number", "suppressed"),
            ("number", "suppressed", "empty"),
            ("missing", "missing", "number"),
            4,
        ],
    ),
    (
        (3, 15),
        [
            ("suppressed", "number", "nothing"),
            ("missing", "empty", "suppressed"),
            ("empty", "missing", "suppressed"),
            ("number", "missing", "nothing"),
            3,
        ],
    ),
    (
        (1, 12),
        [
            4,
            ("suppressed", "number", "missing"),
            ("missing", "suppressed", "suppressed"),
            ("number", "number", "nothing"),
            2,
        ],
    ),
]
numbers = count()


class Life:
    """One measure of one municipality through publications and undoings, as uploads store it."""

    def __init__(self, measure_id, sexes, steps):
        self.measure_id = measure_id
        self.women, self.men = sexes
        self.steps = steps
        self.in_force = []
        self.rule = definition("Trygga", "trygga", "%", smallest_basis=SMALLEST)

    @property
    def bases(self):
        return {"T": self.women + self.men, "K": self.women, "M": self.men}

    def as_women_and_men(self, gender):
        """The number as a combination of the women's and the men's figures."""
        total = max(self.bases["T"], 1)
        return {"T": (self.women / total, self.men / total), "K": (1, 0), "M": (0, 1)}[gender]

    def undone_by(self, number):
        """The upload that a step will undo, if any."""
        step = self.steps[number]
        return (
            [self.in_force[step % len(self.in_force)][0].id]
            if isinstance(step, int) and self.in_force
            else []
        )

    def take(self, number, stored):
        """The rows that a step changes in the figures."""
        step = self.steps[number]
        if isinstance(step, int):
            if not self.in_force:
                return None
            touched = self.in_force.pop(step % len(self.in_force))[1]
        else:
            touched = self._file(step)
            self.in_force.append((_upload(f"upload-{self.measure_id}-{number}"), touched))
        groups = covered_measure_periods([touched])
        held = resolve_cells(self.in_force, groups, lambda *_: self.rule)
        changes = difference(
            reported=stored[stored["measure_id"] == self.measure_id],
            held=held,
            groups=groups,
            municipality_code=HANINGE,
            definition_for=lambda *_: self.rule,
        )
        if not isinstance(step, int):  # what it shows is kept beside it
            upload, file = self.in_force[-1]
            self.in_force[-1] = (upload, content_with(file, changes.result))
        return changes.rows

    def _file(self, step):
        cells = {
            (self.measure_id, PERIOD, gender): {
                "number": (50.0, self.bases[gender]),
                "empty": None,
            }.get(status, status)
            for gender, status in zip(GENDERS, step, strict=True)
            if status != "nothing"
        }
        return content(cells)

    def secrets(self):
        """What must stay secret: figures of one to six, and what a file in force suppresses and no later one publishes."""
        small = {gender for gender in ("K", "M") if 0 < self.bases[gender] < SMALLEST}
        reasons = {}
        for _, file in self.in_force:
            for row in file.values.itertuples():
                if row.reason == "suppressed" or not np.isnan(row.value):
                    reasons[row.gender] = row.reason
        called = {
            gender for gender, reason in reasons.items() if reason == "suppressed" and self.bases[gender]
        }
        return small | called


def content_with(file, result):
    return type(file)(file.values, file.mapping, file.findings, file.notes, None, result)


def _upload(upload_id):
    now = datetime.now(UTC)
    return Upload(upload_id, "n", HANINGE, PERIOD, "f", "", "p", "P", now, UploadState.PUBLISHED)


def follows(row, known):
    if not known:
        return False
    rank = np.linalg.matrix_rank(np.array(known))
    return np.linalg.matrix_rank(np.array([*known, row])) == rank


# Each example makes a lake of its own, so that shrinking one takes longer than reading the life that is named.
@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@example(TOLD_BY_AN_UNDONE_FILE_ALONE)
@given(st.lists(a_history, min_size=100, max_size=120))
def test_no_suppressed_value_follows_from_all_releases_as_they_are_read_today(tmp_path_factory, histories):
    """The attacker takes it that a number stays the same from release to release, and knows how many women and men there are.

    Everything shown is then linear in two figures, and a figure is known exactly when it lies in the span of what is shown.
    The means over members are means of shown values, so they add nothing; `tests/disclosure/test_publication_rules.py` has them.
    """
    home = home_at(tmp_path_factory.mktemp("secrecy") / f"home-{next(numbers)}")
    lives = [Life(f"m{number}", *history) for number, history in enumerate(histories)]
    for number in range(STEPS):
        with_step = [life for life in lives if number < len(life.steps)]

        undone = [upload_id for life in with_step for upload_id in life.undone_by(number)]

        def write(writer, number=number, with_step=with_step, undone=undone):
            stored = stored_rows(writer.reported_values(HANINGE)).reindex(columns=list(FIGURES_COLUMNS))
            for upload_id in undone:
                writer.record_undone_upload(upload_id)
            rows = [
                rows for life in with_step if (rows := life.take(number, stored)) is not None and len(rows)
            ]
            if rows:
                writer.merge_reported_values(pd.concat(rows, ignore_index=True))

        write_release(home.figures, write, run_id=f"step-{number}", description="")
        shown = _shown_today(home)
        for life in lives:
            seen = [life.as_women_and_men(gender) for gender in GENDERS if (life.measure_id, gender) in shown]
            for gender in life.secrets():
                assert not follows(life.as_women_and_men(gender), seen), (
                    life.bases,
                    life.steps[: number + 1],
                )


def _shown_today(home):
    """Every (measure, gender) that any release gives a number for; the history of cells has nothing else."""
    shown = set()
    with open_lake(home.figures) as figures:
        for release in figures.releases():
            numbers_of = disclose_reported(figures.reported_values(release)).table.query("value.notna()")
            shown.update(numbers_of[["measure_id", "gender"]].itertuples(index=False, name=None))
    return shown


@settings(max_examples=50, deadline=None)
@given(st.lists(a_file, min_size=1, max_size=4), a_file, st.tuples(st.integers(0, 15), st.integers(0, 15)))
def test_undoing_the_last_file_leaves_what_stood_before_it(files, last, sexes):
    life = Life("m", sexes, [*files, last, len(files)])
    stored, states = pd.DataFrame(columns=list(FIGURES_COLUMNS)), []
    for number in range(len(life.steps)):
        life.take(number, stored)
        held = resolve_cells(life.in_force, frozenset({("m", PERIOD)}), lambda *_: life.rule)
        stored = to_figures_rows(held, HANINGE)
        states.append(stored)
    pd.testing.assert_frame_equal(states[-1], states[-3])
