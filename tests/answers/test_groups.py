"""Group references: what people write, which places that means, and what is refused."""

import pytest

from answers.groups import group_notes
from domain.errors.choices import UnknownGroupError, UnknownPlaceError, UnusableGroupError
from domain.group import GroupReference
from tests.messages import swedish


def group(library, text):
    return library.groups.resolve(GroupReference.parse(text))


def test_codes_and_names_stand_for_the_same_places_in_the_written_order(library):
    assert group(library, "codes:0138,0127").codes == ("0138", "0127")
    assert group(library, "codes:tyresö, Botkyrka").codes == ("0138", "0127")


def test_a_listed_group_is_found_by_id_and_by_title_and_listed_by_name(library):
    by_id = group(library, "kolada:G96274")
    assert by_id.name == "Södertörnskommunerna"
    names = [library.places.find(code).name for code in by_id.codes]
    assert names == [
        "Botkyrka",
        "Haninge",
        "Huddinge",
        "Nykvarn",
        "Nynäshamn",
        "Salem",
        "Södertälje",
        "Tyresö",
    ]
    assert group(library, "kolada:södertörnskommunerna") == by_id


def test_a_county_is_found_by_code_and_by_name(library):
    assert len(group(library, "county:01").codes) == 26
    assert group(library, "county:1").codes == group(library, "county:Stockholms län").codes


def test_an_skr_group_is_found_by_name(library):
    assert group(library, "skr:storstäder").codes == ("1480", "1280", "0180")


def test_all_is_every_municipality_and_no_region(library):
    codes = group(library, "all").codes
    assert len(codes) == 290
    assert min(codes) == "0114"


def test_similar_is_the_place_and_its_newest_general_list(library):
    similar = group(library, "similar:Botkyrka")
    assert similar.codes == ("0127", "0136", "0126")
    assert "2024" in swedish(similar.name)


def test_without_a_list_similar_is_the_nearest_in_inhabitants_of_the_same_kind(library):
    here, *others = (library.places.find(code) for code in group(library, "similar:0138").codes)
    assert here.name == "Tyresö"
    assert len(others) == 7
    assert {other.skr_group for other in others} == {here.skr_group}
    nearer = max(abs(other.population[-1][1] / here.population[-1][1] - 1) for other in others)
    left_out = [
        municipality
        for municipality in library.places.municipalities()
        if municipality.skr_group == here.skr_group and municipality not in (here, *others)
    ]
    assert all(abs(place.population[-1][1] / here.population[-1][1] - 1) > nearer * 0.9 for place in left_out)
    assert here.skr_group in swedish(group(library, "similar:0138").name)


def test_regions_are_compared_with_regions(library):
    assert group(library, "kolada:G10004").codes == ("0001", "0004", "0003")  # Stockholm, Sörmland, Uppsala


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("codes:0127,0127", UnusableGroupError, "Botkyrka"),
        ("codes:0127,Botkyrka", UnusableGroupError, "Botkyrka"),
        ("codes:0127", UnusableGroupError, "1"),
        ("kolada:G10005", UnusableGroupError, "G10005"),
        ("codes:0127,0001", UnusableGroupError, "Region Stockholm"),
        ("codes:0127,0000", UnusableGroupError, "Riket"),
        ("codes:Botkyrkaa,0126", UnknownPlaceError, "Menade du Botkyrka?"),
        ("codes:0100,0126", UnknownPlaceError, "0100"),
        ("kolada:G9627", UnknownGroupError, "G96274"),
        ("kolada:Södertörn", UnknownGroupError, "Södertörnskommunerna"),
        ("skr:Storstad", UnknownGroupError, "Storstäder"),
        ("county:99", UnknownGroupError, "county:99"),
    ],
)
def test_an_invalid_group_is_reported(library, text, error, words):
    with pytest.raises(error) as raised:
        group(library, text)
    assert words in str(raised.value)


def test_the_focus_must_be_a_member(library):
    network = group(library, "kolada:G96274")
    assert library.groups.find_focus(network, "Botkyrka") == "0127"
    with pytest.raises(UnusableGroupError, match="Stockholm"):
        library.groups.find_focus(network, "0180")


def test_a_network_outside_six_to_ten_is_noted_but_a_county_is_no_network(library):
    assert group_notes(group(library, "kolada:G96274")) == ()
    assert "3 medlemmar" in swedish(group_notes(group(library, "codes:0127,0126,0136"))[0])
    assert group_notes(group(library, "county:01")) == ()


def test_a_place_knows_its_networks_but_not_the_lists_of_similar_places(library):
    assert [kolada_group.name for kolada_group in library.groups.kolada_groups_with("0136")] == [
        "Södertörnskommunerna"
    ]
    assert library.groups.kolada_groups_with("0980") == ()  # the only group that it is in has no other member
