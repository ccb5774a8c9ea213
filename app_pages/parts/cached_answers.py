"""Answers kept in the process, by the question that they answer.

A question is a frozen, hashable dataclass that holds all that its answer depends on; the function that answers it takes the
question and nothing else, so that no answer can be shown for another question. A library is named in a question by
its `LibraryKey` and found again by `find_library`: answers then do not keep old releases alive. Answers are frozen, so that
one serves every session.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass
from functools import wraps
from threading import Lock
from typing import Final, Generic, TypeVar
from weakref import WeakValueDictionary

from answers.library import Library
from app_pages.parts.opening import get_stores_key
from app_pages.parts.words import Speech, language
from data.settings import FiguresLocation
from language.catalogue import catalogue

Question = TypeVar("Question", bound=Hashable)
Answer = TypeVar("Answer")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class LibraryKey:
    """What distinguishes one library from any other: figures, workspace, release, networks, day and language."""

    figures: FiguresLocation
    stores: str
    run_id: str
    number: int
    state: int
    day: str
    language: str

    @property
    def speech(self) -> Speech:
        """The language of the library with its translations."""
        return Speech(catalogue(self.language).gettext, self.language)


@dataclass(frozen=True, slots=True, eq=False)
class SameObject(Generic[Value]):
    """Part of a question that is the same only if it is the same object, which the question keeps alive meanwhile."""

    value: Value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameObject) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)


_LIBRARIES: Final[WeakValueDictionary[LibraryKey, Library]] = WeakValueDictionary()
_FORGET: Final[list[Callable[[], None]]] = []


def library_key(library: Library) -> LibraryKey:
    """Return the key of a library that is open. It is found by its key for as long as somebody holds it."""
    key = LibraryKey(library.figures.location, get_stores_key(), *library.key, language())
    _LIBRARIES.setdefault(key, library)
    return key


def find_library(key: LibraryKey) -> Library:
    """Return the library with a key. Raises `KeyError` where nobody holds it any longer."""
    return _LIBRARIES[key]


def cached_answer(
    *, max_entries: int
) -> Callable[[Callable[[Question], Answer]], Callable[[Question], Answer]]:
    """Keep the newest answers of a function of one question. Sessions that ask the same at once wait for one answer.

    An error is raised to everybody who waits for it, and is not kept.
    """

    def decorate(answer: Callable[[Question], Answer]) -> Callable[[Question], Answer]:
        answers: OrderedDict[Question, Future[Answer]] = OrderedDict()
        lock = Lock()
        _FORGET.append(answers.clear)

        @wraps(answer)
        def ask(question: Question) -> Answer:
            with lock:
                future = answers.get(question)
                is_asked_first = future is None
                if future is None:
                    future = answers[question] = Future()
                    if len(answers) > max_entries:
                        answers.popitem(last=False)
                else:
                    answers.move_to_end(question)
            if is_asked_first:
                try:
                    future.set_result(answer(question))
                except BaseException as error:
                    with lock:
                        answers.pop(question, None)
                    future.set_exception(error)
                    raise
            return future.result()

        return ask

    return decorate


def forget_answers() -> None:
    """Forget every answer, for tests that answer the same question in different ways."""
    for forget in _FORGET:
        forget()
