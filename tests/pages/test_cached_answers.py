"""Answers are cached by their question."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import pytest

from app_pages.parts.cached_answers import SameObject, cached_answer, forget_answers


@dataclass(frozen=True)
class Sum:
    terms: tuple[int, ...]


def test_each_question_is_answered_once():
    questions = []

    @cached_answer(max_entries=8)
    def add(question: Sum) -> int:
        questions.append(question)
        return sum(question.terms)

    assert [add(Sum((1, 2))), add(Sum((1, 2))), add(Sum((2, 2)))] == [3, 3, 4]
    assert questions == [Sum((1, 2)), Sum((2, 2))]
    forget_answers()
    assert add(Sum((1, 2))) == 3
    assert len(questions) == 3


def test_the_least_recently_used_answer_is_forgotten_first():
    questions = []

    @cached_answer(max_entries=2)
    def double(question: int) -> int:
        questions.append(question)
        return 2 * question

    for question in (1, 2, 1, 3, 1, 2):
        double(question)
    assert questions == [1, 2, 3, 2]


def test_an_error_is_raised_and_not_cached():
    questions = []

    @cached_answer(max_entries=2)
    def fail_once(question: int) -> int:
        questions.append(question)
        if len(questions) == 1:
            raise ValueError
        return question

    with pytest.raises(ValueError):  # noqa: PT011 the function's own
        fail_once(1)
    assert fail_once(1) == 1


def test_sessions_that_ask_the_same_at_once_wait_for_one_answer():
    questions, may_answer = [], Event()

    @cached_answer(max_entries=2)
    def slow(question: int) -> int:
        questions.append(question)
        may_answer.wait(10)
        return question

    with ThreadPoolExecutor() as sessions:
        answers = [sessions.submit(slow, 1) for _ in range(4)]
        may_answer.set()
        assert [answer.result() for answer in answers] == [1] * 4
    assert questions == [1]


def test_the_same_object_is_the_same_question_and_an_equal_one_is_not():
    first, second = [1], [1]
    assert SameObject(first) == SameObject(first)
    assert hash(SameObject(first)) == hash(SameObject(first))
    assert SameObject(first) != SameObject(second)
