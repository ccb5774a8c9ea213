"""A message is rendered in the language of its reader, and never loses its translation on the way there."""

import pickle
import re
from datetime import date

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from domain.message import AND, OR, Count, Factor, Listing, Message, Number, source_text
from language import catalogue as catalogues
from language.catalogue import catalogue
from language.rendering import language_of, render

ENGLISH = catalogue("en").gettext
SWEDISH = catalogue("sv").gettext
NO_BREAK = "\u00a0"
NAMES = st.text("abcåäö {}%", min_size=1, max_size=12)  # names hold anything, braces too
NUMBERS = (
    st.builds(Count, st.integers(0, 10_000_000))
    | st.builds(Number, st.floats(-1e6, 1e6), st.integers(0, 3))
    | st.builds(Factor, st.floats(0.01, 100))
)


def translated_texts():
    """The texts of the catalogue that have places to fill in, with the names of the places."""
    with (catalogues.Path(catalogues.__file__).parent / "en.po").open("rb") as source:
        for entry in read_po(source, locale="en"):
            if isinstance(entry.id, str) and re.fullmatch(r"[^{}]*(\{\w+\}[^{}]*)+", entry.id):
                yield entry.id, re.findall(r"\{(\w+)\}", entry.id), entry.string


TEXTS = list(translated_texts())


def messages(values):
    return st.sampled_from(TEXTS).flatmap(
        lambda text: st.builds(
            lambda filled: Message(text[0], **filled), st.fixed_dictionaries(dict.fromkeys(text[1], values))
        )
    )


ANY_MESSAGE = st.recursive(
    messages(NAMES | NUMBERS | st.integers(1900, 2100) | st.dates()),
    lambda inner: messages(inner | st.builds(Listing, st.lists(inner, min_size=1, max_size=3).map(tuple), st.sampled_from([AND, OR]))),
    max_leaves=6,
)  # fmt: skip


def texts_in(value):
    """Every text of a message and of the messages in it."""
    if isinstance(value, Message):
        yield value.text
        for item in value.values.values():
            yield from texts_in(item)
    if isinstance(value, Listing):
        yield value.last
        for item in value.items:
            yield from texts_in(item)


@given(ANY_MESSAGE)
def test_every_text_in_a_message_is_asked_for_in_the_language_of_the_reader(message):
    looked_up = []
    render(message, lambda text: looked_up.append(text) or text)
    assert set(texts_in(message)) <= set(looked_up)


@given(ANY_MESSAGE)
def test_a_message_is_rendered_from_its_content_alone(message):
    restored = pickle.loads(pickle.dumps(message))  # noqa: S301 - what was just made
    assert restored == message
    assert hash(restored) == hash(message)
    for translate in (SWEDISH, ENGLISH):
        assert render(restored, translate) == render(message, translate)


@pytest.mark.parametrize(
    ("value", "swedish", "english"),
    [
        (Count(0), "0", "0"),
        (Count(999), "999", "999"),
        (Count(1_003_479), f"1{NO_BREAK}003{NO_BREAK}479", "1,003,479"),
        (Number(0.01, 2), "0,01", "0.01"),
        (Number(-12345.67, 1), f"\u221212{NO_BREAK}345,7", "\u221212,345.7"),
        (Number(-0.001, 1), "0,0", "0.0"),
        (Factor(0.0100001), "0,01", "0.01"),
        (Factor(100.0), "100", "100"),
        (2023, "2023", "2023"),  # a year is not grouped
        (date(2026, 11, 30), "2026-11-30", "2026-11-30"),
        ("Botkyrka", "Botkyrka", "Botkyrka"),
        (Listing(("A", "B", "C"), last=AND), "A, B och C", "A, B and C"),
        (Listing(("A", "B"), last=OR), "A eller B", "A or B"),
        (Listing(("A",), last=OR), "A", "A"),
        (Listing(()), "", ""),
    ],
)
def test_values_look_as_the_language_writes_them(value, swedish, english):
    assert render(value, SWEDISH) == swedish
    assert render(value, ENGLISH) == english
    assert render(Message("{value}", value=value), ENGLISH) == english


def test_the_language_is_what_the_catalogue_says():
    assert language_of(ENGLISH) == "en"
    assert language_of(SWEDISH) == "sv"
    assert language_of(lambda _text: "nothing like a language") == "sv"


def test_a_message_cannot_become_a_string_without_a_language():
    message = Message("{n} rader", n=3)
    for use in (str, "{}".format, lambda value: f"{value}", lambda value: "".join([value])):
        with pytest.raises(TypeError):
            use(message)
    assert source_text(message) == "3 rader"


def test_a_message_is_not_changed():
    with pytest.raises(AttributeError):
        Message("en rad").text = "en annan"


def test_messages_are_equal_by_content():
    assert Message("{n} rader", n=3) == Message("{n} rader", n=3)
    assert len({Message("{n} rader", n=3), Message("{n} rader", n=3), Message("{n} rader", n=4)}) == 2
    assert Message("rader") != "rader"
