"""Who is like whom, by chosen variables, beside the source's own lists."""

import pytest

from answers.similar import find_similar_places
from domain.errors.choices import (
    MeasureWithoutValuesError,
    SimilarityError,
    UnknownMeasureError,
    UnknownPlaceError,
)
from language.rendering import render
from tests.messages import swedish

SODERTORN = ("0127", "0136", "0126", "0140", "0192", "0128", "0181", "0138")


def test_by_population_the_nearest_are_those_nearest_in_inhabitants(library):
    similar = find_similar_places(library, "Botkyrka")
    (variable,) = similar.variables
    assert (variable.id, variable.is_logged, variable.weight) == ("population", True, 1)
    here = similar.focus_values[0]
    ratios = [
        max(similar_place.values[0], here) / min(similar_place.values[0], here)
        for similar_place in similar.ordered
    ]
    assert ratios == sorted(ratios)
    assert len(similar.nearest) == 7
    assert len(similar.ordered) == 289


def test_only_places_of_the_same_kind_are_likened(library):
    regions = find_similar_places(library, "0001").ordered
    assert len(regions) == 20
    assert {region.place.name for region in regions[:2]} == {
        "Västra Götalandsregionen",
        "Region Skåne",
    }  # the other large ones


def test_several_variables_are_of_the_same_year_and_share_the_distance(library):
    # In 2022 and 2023 the same three have both; N11821 has only 2022, and half of the country has neither.
    similar = find_similar_places(library, "0127", variables=["population", "n11821"], weights=[4, 1])
    assert [variable.weight for variable in similar.variables] == [0.8, 0.2]
    assert similar.variables[1].year == 2022
    haninge = next(similar_place for similar_place in similar.ordered if similar_place.place.code == "0136")
    assert sum(haninge.shares) == pytest.approx(1)
    elsewhere = next(similar_place for similar_place in similar.ordered if similar_place.place.code == "0180")
    assert elsewhere.values[1] is None
    assert elsewhere.weight_present == pytest.approx(0.8)


def test_places_with_too_little_known_are_left_out_with_a_note(library):
    similar = find_similar_places(library, "0127", variables=["N11821", "population"])
    assert {similar_place.place.code for similar_place in similar.ordered} == set(SODERTORN) - {"0127"}
    assert len(similar.left_out) == 290 - 8
    assert any("282 är inte med" in note and "80 %" in note for note in swedish(similar.notes))


def test_ties_are_ordered_by_code(library):
    # N01951 is 100 000 in 0126, 0127 and 0136.
    similar = find_similar_places(library, "0136", variables=["N01951"])
    assert [(similar_place.place.code, similar_place.distance) for similar_place in similar.ordered] == [
        ("0126", 0),
        ("0127", 0),
    ]
    assert similar.variables[0].is_logged


def test_without_a_common_year_each_has_its_own_and_a_note_says_so(library):
    similar = find_similar_places(library, "0127", variables=["N11821", "N17461"])
    assert [variable.year for variable in similar.variables] == [2022, 2023]
    assert any("2022" in note and "2023" in note for note in swedish(similar.notes))


def test_the_newest_list_of_every_area_is_given_with_the_number_in_common(library):
    similar = find_similar_places(library, "0127", variables=["N17461"], most=3)
    nearest = {similar_place.place.code for similar_place in similar.nearest}
    general, school = similar.source_lists
    assert (general.area, general.year, general.codes) == ("övergripande", 2024, ("0136", "0126"))
    assert (school.area, school.year, school.codes) == ("skola", 2025, ("0140",))
    for source_list in similar.source_lists:
        assert set(source_list.agreeing) == nearest & set(source_list.codes)


def test_it_says_how_it_was_done_also_in_another_language(library):
    similar = find_similar_places(library, "0127")
    assert any("euklidiska" in sentence for sentence in swedish(similar.method))
    assert any("logaritm" in sentence for sentence in swedish(similar.method))
    assert render(similar.method[0], lambda text: "!" if "euklidiska" in text else text) == "!"


@pytest.mark.parametrize(
    ("code", "chosen", "error", "words"),
    [
        ("Botkyrkaa", {}, UnknownPlaceError, "Menade du Botkyrka?"),
        ("0000", {}, SimilarityError, "Riket"),
        ("0127", {"variables": ["N1746"]}, UnknownMeasureError, "N17461"),
        ("0127", {"variables": ["N00003"]}, MeasureWithoutValuesError, "N00003"),
        ("0127", {"variables": ["N17461", "n17461"]}, SimilarityError, "N17461"),
        ("0127", {"variables": ["population", "folkmängd"]}, SimilarityError, "population"),
        ("0127", {"weights": [1, 2]}, SimilarityError, "1 variabler"),
        ("0127", {"weights": [-1]}, SimilarityError, "-1"),
        ("0127", {"weights": [0]}, SimilarityError, "0"),
        ("0127", {"weights": [float("nan")]}, SimilarityError, "nan"),
        ("0127", {"variables": []}, SimilarityError, "0"),
        ("0180", {"variables": ["N11821", "population"]}, SimilarityError, "Stockholm"),
    ],
)
def test_an_impossible_comparison_is_explained(library, code, chosen, error, words):
    with pytest.raises(error) as raised:
        find_similar_places(library, code, **chosen)
    assert words in str(raised.value)
