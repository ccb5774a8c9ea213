"""Sentences, suggestions, moments and the order of names."""

import pickle
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.choices import UnknownPlaceError, UnreadableChoiceError
from domain.message import Count, Factor, Message
from domain.place import alphabetical
from domain.release import read_moment
from domain.suggestion import suggest_similar
from language.rendering import render

ENGLISH = {
    "{n} av {whole} saknas.": "{n} of {whole} lack.",
    "gruppen": "the group",
    " Menade du {words}?": " Did you mean {words}?",
    " eller ": " or ",
}


def english(text):
    return ENGLISH.get(text, text)


def test_a_message_is_swedish_and_can_be_rendered_in_another_language():
    sentence = Message("{n} av {whole} saknas.", n=3, whole=Message("gruppen"))
    assert render(sentence, str) == "3 av gruppen saknas."
    assert render(sentence, english) == "3 of the group lack."
    assert render("Botkyrka", english) == "Botkyrka"


def test_a_message_survives_pickling():
    restored = pickle.loads(pickle.dumps(Message("{n} av {whole} saknas.", n=3, whole="fyra")))  # noqa: S301
    assert render(restored, english) == "3 of fyra lack."


def test_an_error_says_its_suggestion_in_the_same_language():
    error = UnknownPlaceError(place="Hudinge", suggestion=suggest_similar("Hudinge", ["Huddinge"]))
    assert str(error).endswith("”Hudinge”. Menade du Huddinge?")
    assert render(error.message, english).endswith("”Hudinge”. Did you mean Huddinge?")


def test_of_equally_near_words_the_one_that_begins_alike_comes_first_then_the_first_known():
    suggestion = suggest_similar("N1746", ["N18746", "N17461", "N17460"])
    assert render(suggestion, str) == " Menade du N17461 eller N17460 eller N18746?"
    assert suggest_similar("xyz", ["N17461"]) == ""


@given(st.text(min_size=1, max_size=12), st.lists(st.text(min_size=1, max_size=12), max_size=20))
def test_a_known_word_is_always_suggested_for_itself(word, others):
    suggestion = render(suggest_similar(word, [*others, word], most=100), str)
    assert word in suggestion or any(
        other.casefold() == word.casefold() and other in suggestion for other in others
    )


def test_a_date_means_the_whole_day_in_local_time():
    end = read_moment("2024-01-30")
    midnight = datetime(2024, 1, 31).astimezone()  # local time is what is tested
    assert end == midnight - timedelta(microseconds=1)


def test_since_a_date_includes_that_day():
    assert read_moment("2024-01-30", before_the_day=True) == read_moment("2024-01-29")


def test_a_time_means_that_moment_with_or_without_a_zone():
    assert read_moment("2024-01-30T14:05") == datetime(2024, 1, 30, 14, 5).astimezone()
    assert read_moment("2024-01-30T14:05+01:00") == datetime.fromisoformat("2024-01-30T13:05+00:00")


@pytest.mark.parametrize("text", ["", "i går", "2024-13-01", "30/1 2024", "9999-12-31"])
def test_an_invalid_moment_is_reported(text):
    with pytest.raises(UnreadableChoiceError, match="datum eller tid"):
        read_moment(text)


def test_names_are_in_swedish_order():
    assert sorted(["Öckerö", "Älmhult", "Åre", "Zinkgruvan", "ale"], key=alphabetical) == [
        "ale", "Zinkgruvan", "Åre", "Älmhult", "Öckerö",
    ]  # fmt: skip


def test_numbers_in_a_sentence_are_written_as_the_language_writes_them():
    message = Message("{n} gånger {factor}", n=Count(1_003_479), factor=Factor(0.0100001))
    assert render(message, str) == "1\u00a0003\u00a0479 gånger 0,01"
    assert render(message, lambda text: {"sv": "en"}.get(text, text)) == "1,003,479 gånger 0.01"
    assert [render(value, str) for value in (Count(0), Count(999), Factor(100.0))] == ["0", "999", "100"]
