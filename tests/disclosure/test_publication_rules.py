"""What is suppressed when results are published. Every small table is: total, women, men."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.publication_rules import Scale, cells_to_suppress
from domain.value import Status

OK, SAID, LACKS, NONE = Status.OK, Status.SUPPRESSED, Status.MISSING, Status.NOT_REPORTED
UNKNOWN = np.nan
SMALLEST = 7


def column(*three, dtype=float):
    return np.array(three, dtype=dtype).reshape(3, 1)


def protection(statuses, bases, *, smallest=SMALLEST, values=(50.0, 50.0, 50.0), scale=None, **kwargs):
    return cells_to_suppress(
        column(*statuses, dtype=object),
        column(*values),
        column(*bases),
        np.array([smallest], dtype=float),
        scale=scale and Scale(*(np.array([end], dtype=float) for end in scale)),
        **{name: column(*three, dtype=bool) for name, three in kwargs.items()},
    )


def hidden_cells(*args, **kwargs):
    """`p` primary, `c` complementary, `-` shown or nothing there; total, women, men."""
    suppressed = protection(*args, **kwargs)
    letters = np.where(suppressed.primary, "p", np.where(suppressed.complementary, "c", "-"))
    return "".join(letters[:, 0])


@pytest.mark.parametrize(
    ("statuses", "bases", "expected"),
    [
        ((OK, OK, OK), (50, 20, 30), "---"),
        ((OK, OK, OK), (50, SMALLEST, 43), "---"),  # the smallest basis itself may be shown
        ((OK, OK, OK), (50, SMALLEST - 1, 44), "-pc"),
        ((OK, OK, OK), (50, 44, 6), "-cp"),
        ((OK, OK, OK), (6, 3, 3), "ppp"),
        ((OK, OK, OK), (12, 6, 6), "-pp"),
        ((OK, OK, OK), (50, 0, 50), "-pc"),  # nobody is fewer than seven
        ((OK, OK, OK), (50, UNKNOWN, 30), "-pc"),  # an unknown basis is no proof of a large one
        ((OK, SAID, OK), (50, UNKNOWN, 30), "-pc"),  # suppressed by the controller's word
        ((SAID, OK, OK), (UNKNOWN, 20, 30), "pcc"),
        ((OK, NONE, NONE), (50, UNKNOWN, UNKNOWN), "---"),
        ((OK, NONE, OK), (50, UNKNOWN, 44), "--c"),  # 50 − 44 = 6 women whom nobody reported
        ((OK, LACKS, OK), (50, UNKNOWN, 44), "--c"),
        ((OK, NONE, OK), (50, UNKNOWN, 43), "---"),  # 50 − 43 = 7
        ((OK, NONE, OK), (50, UNKNOWN, 50), "---"),  # 50 − 50 = 0: nobody to protect
        ((NONE, OK, OK), (UNKNOWN, 20, 30), "---"),
        ((LACKS, SAID, OK), (UNKNOWN, UNKNOWN, 30), "-p-"),  # nothing to subtract from
    ],
)
def test_a_value_with_a_small_basis_is_suppressed_with_what_would_reveal_it(statuses, bases, expected):
    assert hidden_cells(statuses, bases) == expected


def test_a_measure_without_a_rule_hides_only_what_the_controller_says():
    assert hidden_cells((OK, OK, OK), (3, 1, 2), smallest=0) == "---"
    assert hidden_cells((OK, NONE, OK), (3, UNKNOWN, 2), smallest=0) == "---"
    assert hidden_cells((OK, OK, SAID), (UNKNOWN, UNKNOWN, UNKNOWN), smallest=0) == "-cp"


def test_of_two_candidates_the_one_not_shown_before_is_suppressed():
    few_women = ((OK, OK, OK), (50, 6, 44))
    assert hidden_cells(*few_women, was_shown=(False, False, True)) == "cp-"
    assert hidden_cells(*few_women, was_shown=(True, False, False)) == "-pc"
    assert hidden_cells(*few_women, was_shown=(True, True, True)) == "-pc"


def test_a_suppressed_value_stays_secret_when_a_later_file_says_missing():
    assert (
        hidden_cells((OK, LACKS, OK), (50, UNKNOWN, 30), smallest=0, was_suppressed=(False, True, False))
        == "--c"
    )


def test_a_total_of_one_gender_alone_is_suppressed_with_it():
    assert hidden_cells((OK, OK, SAID), (40, 0, 40)) == "cpp"
    assert hidden_cells((OK, NONE, SAID), (40, UNKNOWN, 40)) == "c-p"
    assert hidden_cells((SAID, OK, OK), (UNKNOWN, 0, 40)) == "ppc"


def test_a_total_at_the_end_of_its_scale_is_hidden_since_its_parts_have_no_choice():
    few_women = ((OK, OK, OK), (50, 6, 44))
    assert hidden_cells(*few_women, values=(0, 0, 0), scale=(0, 100)) == "cpc"
    assert hidden_cells(*few_women, values=(100, 100, 100), scale=(0, 100)) == "cpc"
    assert hidden_cells(*few_women, values=(2, 0, 2), scale=(0, 100)) == "-pc"
    assert hidden_cells((OK, OK, OK), (50, 20, 30), values=(0, 0, 0), scale=(0, 100)) == "---"
    assert hidden_cells(*few_women, values=(0, 0, 0), scale=(np.nan, np.nan)) == "-pc"


def test_arrays_without_the_three_genders_are_refused():
    with pytest.raises(ValueError, match="total, women and men"):
        cells_to_suppress(
            np.full((2, 1), OK, dtype=object), np.ones((2, 1)), np.ones((2, 1)), np.array([0.0])
        )


states = st.lists(
    st.tuples(
        st.tuples(*[st.sampled_from([OK, OK, OK, SAID, LACKS, NONE])] * 3),
        st.tuples(st.integers(0, 20), st.integers(0, 20)),
        st.tuples(*[st.booleans()] * 3),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=300)
@given(states, st.integers(0, 2**32 - 1))
def test_no_secret_follows_from_all_that_is_shown(places, seed):
    """The attacker knows every basis, every shown value and every mean over members, all linear in women and men.

    Secret are the suppressed values, and every figure that one to six persons stand behind, reported or not.
    """
    statuses = np.array([status for status, _, _ in places], dtype=object).T
    women, men = np.array([sexes for _, sexes, _ in places], dtype=float).T
    bases = np.array([women + men, women, men])
    shown_before = np.array([shown for _, _, shown in places]).T
    suppressed = cells_to_suppress(
        statuses, np.full(bases.shape, 50.0), bases, np.full(len(places), 7.0), was_shown=shown_before
    )
    shown = (statuses == OK) & ~suppressed.of_any_kind
    rows = _as_women_and_men(bases)
    known = [rows[tuple(cell)] for cell in np.argwhere(shown)]
    known += [rows[gender, shown[gender]].mean(axis=0) for gender in range(3) if shown[gender].any()]
    secret = (statuses == SAID) | ((bases > 0) & (bases < SMALLEST))
    secret[0] &= statuses[0] != NONE
    for cell in np.argwhere(secret & (bases > 0)):
        assert not _follows(rows[tuple(cell)], known), (cell, places)


@given(states)
def test_nothing_is_hidden_where_there_is_no_secret(places):
    statuses = np.array([status for status, _, _ in places], dtype=object).T
    bases = np.full(statuses.shape, 40.0)
    bases[0] = 80.0
    suppressed = cells_to_suppress(statuses, bases, bases, np.full(len(places), 7.0))
    assert not suppressed.complementary[:, ~(statuses == SAID).any(axis=0)].any()
    assert not suppressed.complementary[statuses != OK].any()
    assert not (suppressed.primary & suppressed.complementary).any()


def _as_women_and_men(bases):
    """Each cell as a combination of the women's and the men's figures of every place: (3, n, 2n)."""
    n = bases.shape[1]
    rows = np.zeros((3, n, 2 * n))
    for place in range(n):
        total = max(bases[0, place], 1.0)
        rows[0, place, [place, n + place]] = bases[1, place] / total, bases[2, place] / total
        rows[1, place, place] = rows[2, place, n + place] = 1
    return rows


def _follows(row, known):
    if not known:
        return False
    rank = np.linalg.matrix_rank(np.array(known))
    return np.linalg.matrix_rank(np.array([*known, row])) == rank
