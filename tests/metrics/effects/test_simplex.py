"""The weights satisfy the optimality conditions of a convex problem, whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from metrics.effects.simplex import nearest_even_mixtures, nearest_mixture

OUTCOMES = st.floats(-1000, 1000, width=32)


SHAPES = st.tuples(st.integers(2, 12), st.integers(1, 8))  # donors, times
PROBLEMS = SHAPES.flatmap(
    lambda shape: st.tuples(
        arrays(np.float64, shape, elements=OUTCOMES), arrays(np.float64, shape[1], elements=OUTCOMES)
    )
)


def excess_over_the_best_donor(weights, target, donors, ridge=0.0):
    """How much lower the objective could still get, at most, relative to its scale: zero at the optimum (Frank and Wolfe 1956)."""
    slope = donors @ (weights @ donors - target) + ridge * weights
    scale = max(np.abs(donors).max(), np.abs(target).max(), 1e-3) ** 2 * target.size
    return (weights @ slope - slope.min()) / scale


@settings(max_examples=150, deadline=None)
@given(PROBLEMS)
def test_no_other_mixture_is_nearer(problem):
    donors, target = problem
    weights = nearest_mixture(target, donors)
    assert weights.min() >= 0
    np.testing.assert_allclose(weights.sum(), 1, rtol=1e-9)
    assert excess_over_the_best_donor(weights, target, donors) < 1e-8


@settings(max_examples=150, deadline=None)
@given(PROBLEMS, st.sampled_from([1e-6, 1e-4, 1e-2, 1.0, 1e3]))
def test_no_other_even_mixture_is_nearer(problem, pull):
    donors, target = problem
    ridge = pull * max(float((donors**2).sum(axis=1).max()), 1e-6)
    (weights,) = nearest_even_mixtures(
        target[np.newaxis], donors, np.array([ridge]), np.ones((1, len(donors)), dtype=bool)
    )
    assert weights.min() >= 0
    np.testing.assert_allclose(weights.sum(), 1, rtol=1e-9)
    scale = max(np.abs(donors).max(), np.abs(target).max(), 1e-3) ** 2 * target.size
    slope = donors @ (weights @ donors - target) + ridge * weights
    assert (weights @ slope - slope.min()) / max(scale, ridge) < 1e-8


@pytest.mark.parametrize("share", [1e-6, 1e-4, 1e-2, 1])
def test_a_small_ridge_is_reached_for_a_whole_country_at_once(share):
    donors = np.cumsum(np.random.default_rng(9).normal(size=(100, 14)), axis=1)
    donors -= donors.mean(axis=1, keepdims=True)
    may_use, ridge = ~np.eye(100, dtype=bool), share * (donors**2).sum(axis=1).max()
    weights = nearest_even_mixtures(donors, donors, np.full(100, ridge), may_use)
    slopes = (weights @ donors - donors) @ donors.T + ridge * weights
    excess = (weights * slopes).sum(axis=1) - np.where(may_use, slopes, np.inf).min(axis=1)
    assert excess.max() / (donors**2).sum(axis=1).max() < 1e-9


def test_a_target_between_two_donors_is_mixed_of_them():
    donors = np.array([[0.0, 0.0, 0.0], [4.0, 8.0, 12.0], [50.0, 0.0, 9.0]])
    np.testing.assert_allclose(nearest_mixture(np.array([1.0, 2, 3]), donors), [3 / 4, 1 / 4, 0], atol=1e-9)


def test_a_target_outside_takes_the_nearest_point_of_the_edge():
    corners = np.array([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]])
    np.testing.assert_allclose(nearest_mixture(np.array([3.0, 1.0]), corners), [0, 1, 0], atol=1e-9)
    np.testing.assert_allclose(nearest_mixture(np.array([2.0, 2.0]), corners), [0, 1 / 2, 1 / 2], atol=1e-9)
    np.testing.assert_allclose(nearest_mixture(np.array([1.0, -5.0]), corners), [1 / 2, 1 / 2, 0], atol=1e-9)


def test_many_targets_at_once_get_what_each_gets_alone_and_nobody_weighs_itself():
    random = np.random.default_rng(5)
    donors = random.normal(size=(20, 9))
    may_use, ridge = ~np.eye(20, dtype=bool), np.full(20, 0.7)
    together = nearest_even_mixtures(donors, donors, ridge, may_use)
    assert (np.diag(together) == 0).all()
    for at in range(20):
        others = np.delete(donors, at, axis=0)
        (alone,) = nearest_even_mixtures(donors[at : at + 1], others, ridge[:1], np.ones((1, 19), dtype=bool))
        np.testing.assert_allclose(np.delete(together[at], at), alone, atol=1e-8)


@settings(max_examples=50, deadline=None)
@given(st.permutations(range(30)))
def test_the_order_of_the_donors_chooses_nothing_even_where_many_mixtures_fit(order):
    random = np.random.default_rng(6)
    donors, target = random.normal(size=(30, 4)), np.zeros(4)
    weights = nearest_mixture(target, donors)
    np.testing.assert_allclose(nearest_mixture(target, donors[list(order)]), weights[list(order)], atol=1e-10)
