import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.genders import complementary_cells
from disclosure.grid import STATUSES, Grid, disclose_grids
from domain.value import Status

OK, GONE, LACKS = Status.OK, Status.SUPPRESSED, Status.MISSING


def hidden_cells(*statuses):
    return complementary_cells(np.array(statuses, dtype=object)).tolist()


@pytest.mark.parametrize(
    ("total_women_men", "hide"),
    [
        ((OK, GONE, OK), [False, False, True]),
        ((OK, OK, GONE), [False, True, False]),
        ((GONE, OK, OK), [False, True, True]),
        ((OK, OK, OK), [False, False, False]),
        ((OK, GONE, GONE), [False, False, False]),
        ((LACKS, GONE, OK), [False, False, False]),  # without a total there is nothing to subtract from
        ((OK, LACKS, OK), [False, False, False]),  # missing is no secret
    ],
)
def test_two_shown_values_never_reveal_a_suppressed_third(total_women_men, hide):
    assert hidden_cells(*total_women_men) == hide


def test_complementary_suppression_looks_like_any_other():
    statuses = np.array([[OK, OK], [GONE, OK], [OK, OK]], dtype=object)
    values = np.array([[50.0, 50.0], [np.nan, 40.0], [60.0, 60.0]])
    grids = [
        Grid(("m",), (2023,), {"a": 0, "b": 1}, row[np.newaxis, np.newaxis], indexes[np.newaxis, np.newaxis])
        for row, indexes in zip(values, np.vectorize(STATUSES.index, otypes=[int])(statuses), strict=True)
    ]
    shown = disclose_grids(grids)
    np.testing.assert_array_equal(
        [grid.numbers[0, 0] for grid in shown], [[50, 50], [np.nan, 40], [np.nan, 60]]
    )
    assert [grid.status_words[0, 0, 0] for grid in shown] == [OK, GONE, GONE]
    assert [grid.is_complementary[0, 0].tolist() for grid in shown] == [
        [False] * 2,
        [False] * 2,
        [True, False],
    ]
    assert grids[2].numbers[0, 0, 0] == 60.0  # the input is left as it was
    assert grids[2].status_words[0, 0, 0] is OK


statuses_of_places = st.lists(
    st.tuples(*[st.sampled_from([OK, OK, GONE, LACKS])] * 3), min_size=1, max_size=8
)


@given(statuses_of_places, st.integers(0, 2**32 - 1))
def test_no_suppressed_value_follows_from_all_that_is_shown(places, seed):
    """An attacker knows how many women and men there are everywhere, every shown value and every mean over members.

    All that is linear in the women's and men's figures, so a suppressed value is derivable exactly when its row lies
    in the space spanned by the rows of what is shown.
    """
    statuses = np.array(places, dtype=object).T
    share_of_women = np.random.default_rng(seed).uniform(0.3, 0.7, len(places))
    n = len(places)
    rows = np.zeros((3, n, 2 * n))  # each cell as a combination of [women, men] of every place
    for place in range(n):
        rows[0, place, [place, n + place]] = share_of_women[place], 1 - share_of_women[place]
        rows[1, place, place] = 1
        rows[2, place, n + place] = 1
    shown = (statuses == OK) & ~complementary_cells(statuses)
    known = [rows[gender, place] for gender in range(3) for place in range(n) if shown[gender, place]]
    known += [rows[gender, shown[gender]].mean(axis=0) for gender in range(3) if shown[gender].any()]
    known += [known[0] * 0] if known else [np.zeros(2 * n)]
    rank = np.linalg.matrix_rank(np.array(known))
    for gender, place in np.argwhere(statuses == GONE):
        with_it = np.array([*known, rows[gender, place]])
        assert np.linalg.matrix_rank(with_it) == rank + 1, (gender, place)


@given(statuses_of_places)
def test_nothing_is_hidden_where_nothing_is_suppressed(places):
    statuses = np.array(places, dtype=object).T
    hide = complementary_cells(statuses)
    assert not hide[:, ~(statuses == GONE).any(axis=0)].any()
    assert not hide[statuses != OK].any()
