"""What the library knows of measures and places, and how it helps who misspells them."""

import pytest

from answers.library import build_library
from data.reference import curated_measures
from domain.errors.choices import UnknownMeasureError, UnknownPlaceError, UnknownSetError
from domain.measure import Direction
from language.catalogue import catalogue


def test_a_measure_joins_the_catalogue_with_what_people_decided(library):
    measure = library.catalogue.measure("n17461")
    assert (measure.id, measure.unit, measure.direction) == ("N17461", "%", Direction.HIGHER)
    assert measure.title == "Gymnasieelever med examen inom 4 år, andel (%)"
    assert measure.short_title == curated_measures()["N17461"].short_title
    assert measure.next_publication == "2026-08-28"
    assert "barn" in measure.set_ids


def test_an_uncurated_measure_is_neutral_and_keeps_its_title(library):
    uncurated = library.catalogue.measure("N00003")
    assert uncurated.direction is Direction.NEUTRAL
    assert uncurated.short_title == uncurated.title
    assert uncurated.resident_sentence == ""


def test_the_multiplier_follows_the_unit_that_the_values_are_in(library):
    basis = library.catalogue.measure("U07417").basis
    assert basis is not None
    assert basis.multiplier == 1_000  # curated per 100 000, but these values are per 1 000


def test_unknown_words_get_the_nearest_known_ones(library):
    with pytest.raises(UnknownMeasureError, match="Menade du N17461"):
        library.catalogue.measure("N1746")
    title = curated_measures()["N17461"].short_title
    with pytest.raises(UnknownMeasureError, match=f"Menade du {title}"):
        library.catalogue.measure(title[:-1])
    with pytest.raises(UnknownPlaceError, match="Huddinge"):
        library.places.find("Hudinge")
    with pytest.raises(UnknownSetError, match="Barn och unga"):
        library.catalogue.measure_set("Barn och ungar")


def test_a_measure_answers_to_its_short_title(library):
    assert library.catalogue.measure(curated_measures()["N17461"].short_title.lower()).id == "N17461"


def test_sets_hold_only_what_the_catalogue_of_the_release_holds(library):
    assert set(library.catalogue.measure_set("barn").measure_ids) == {
        "N15428",
        "N17461",
        "N11821",
        "U07417",
        "N07914",
    }


def test_search_finds_misspelt_and_inflected_words(library):
    assert library.catalogue.search("gymnasie-examen")[0].id == "N17461"
    assert library.catalogue.search("trångbodhet")[0].id == "N07914"
    assert library.catalogue.search("u07417")[0].id == "U07417"
    assert library.catalogue.search("xyzzy") == ()
    assert library.catalogue.search("  ") == ()


def test_municipalities_come_in_swedish_order(library):
    names = [municipality.name for municipality in library.places.municipalities()]
    assert names[0] == "Ale"
    assert names[-1] == "Övertorneå"
    assert names.index("Åstorp") < names.index("Älmhult") < names.index("Ödeshög")


def test_a_library_in_english_says_what_people_wrote_in_english_and_leaves_the_source_as_it_is(library):
    english = build_library(library.figures, library.release, translate=catalogue("en").gettext)
    measure, original = english.catalogue.measure("U07417"), library.catalogue.measure("U07417")
    assert (measure.short_title, measure.unit) == ("Reported thefts", "per 1,000 residents")
    assert (measure.title, measure.basis) == (original.title, original.basis)
    assert english.catalogue.measure("N00003").resident_sentence == ""
    assert english.catalogue.measure_set("barn").name == "Children and young people"
    assert (
        english.catalogue.measure("anmälda stölder").id
        == english.catalogue.measure("reported thefts").id
        == "U07417"
    )
