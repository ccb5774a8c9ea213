"""What the overview shows for what the address asks."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from answers.library import build_library
from answers.overview import build_overview
from app_pages.overview.picture import draw_overview
from app_pages.parts.theme import FILL
from app_pages.parts.words import Speech
from data.settings import read_settings
from data.store.lake import open_figures
from domain.comparison import Colour
from domain.group import GroupReference
from language.numbers import number
from pipelines.demonstration.truths import SODERTORN

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]


def test_the_first_visit_shows_a_network_and_asks_for_my_municipality(
    open_page: OpenPage, page_html: PageHtml
) -> None:
    page = open_page("overview")
    assert not page.exception
    assert "<h1>Botkyrka bland Södertörnskommunerna</h1>" in page_html(page)
    assert "Välj din kommun" in page_html(page)
    assert page.selectbox(key="choice-kommun").value == "0127"


def test_a_visit_that_names_its_municipality_is_not_welcomed_again(
    open_page: OpenPage, page_html: PageHtml
) -> None:
    assert "Välj din kommun" not in page_html(open_page("overview", kommun="0127"))


def test_every_page_of_made_up_values_says_so(open_page: OpenPage, page_html: PageHtml) -> None:
    page = page_html(open_page("overview"))
    assert "Påhittade demonstrationsvärden. De säger ingenting om verkliga kommuner." in page
    assert "Källa: Kolada" not in page


def test_the_table_is_a_table_with_my_municipality_first(open_page: OpenPage, page_html: PageHtml) -> None:
    (table,) = re.findall(
        r"<table.*?</table>", page_html(open_page("overview", kommun="0180", med="county:01")), re.DOTALL
    )
    assert "<caption" in table
    assert 'scope="col"' in table
    assert 'scope="row"' in table
    narrow = page_html(open_page("overview", kommun="0192"))
    heads = re.findall(r'<th role="columnheader"[^>]*>([^<]*)</th>', narrow)
    assert heads[:4] == ["Mått", "Vår utveckling", "Nynäshamn", "Plats"]
    assert len(heads) == 4 + len(SODERTORN) - 1 + 1


def test_a_wide_group_is_summed_up_instead_of_shown_in_columns(
    open_page: OpenPage, page_html: PageHtml
) -> None:
    heads = re.findall(
        r'<th role="columnheader"[^>]*>([^<]*)</th>', page_html(open_page("overview", med="all"))
    )
    assert heads == [
        "Mått",
        "Vår utveckling",
        "Botkyrka",
        "Plats",
        "Medel",
        "Median",
        "Undre kvartil",
        "Övre kvartil",
    ]


def test_every_coloured_cell_has_its_sign_and_its_words(open_page: OpenPage, page_html: PageHtml) -> None:
    page = page_html(open_page("overview", kommun="0127"))
    signs = {"green": "▲", "yellow": "■", "red": "▼", "light": "·", "medium": "·", "dark": "·"}
    cells = re.findall(
        r'<td role="cell" class="(?:mine|other) (\w+)"><i role="img" aria-label="([^"]+)">(.)</i>', page
    )
    assert {colour for colour, _, _ in cells} >= {"green", "yellow", "red"}
    assert [cell for cell in cells if signs[cell[0]] != cell[2] or not cell[1]] == []


def test_the_reason_for_no_number_is_in_the_cell(open_page: OpenPage, page_html: PageHtml) -> None:
    page = page_html(open_page("overview", kommun="0127"))
    reasons = set(re.findall(r'none">([^<]+)</td>', page))
    assert reasons >= {"saknas", "ej rapporterat"}
    assert reasons <= {"saknas", "ej tillämplig", "för litet underlag", "ej rapporterat"}


def test_numbers_are_written_as_swedes_write_them(open_page: OpenPage, page_html: PageHtml) -> None:
    numbers = re.findall(r"<b>([^<]+)</b>", page_html(open_page("overview", kommun="0127")))
    assert numbers
    assert [number for number in numbers if not re.fullmatch(r"−?\d{1,3}(\u00a0\d{3})*(,\d+)?", number)] == []


def test_a_measure_leads_to_its_own_page_with_the_same_choices(
    open_page: OpenPage, page_html: PageHtml
) -> None:
    page = page_html(open_page("overview", kommun="0192", med="kolada:G96274", kon="kvinnor", ordning="namn"))
    link = re.search(r'scope="row" class="measure"><a data-page href="(matt\?[^"]+)"', page)
    assert link
    address = link[1].replace("&amp;", "&")
    assert "kommun=0192" in address
    assert "med=kolada:G96274" in address
    assert "kon=kvinnor" in address
    assert "matt=" in address
    assert "ordning" not in address


def test_another_municipality_is_in_the_address_and_keeps_a_group_that_it_belongs_to(
    open_page: OpenPage, page_html: PageHtml
) -> None:
    page = open_page("overview", kommun="0127", med="kolada:G96274")
    page.selectbox(key="choice-kommun").select("0192").run()
    assert not page.exception
    assert page.query_params == {"kommun": "0192", "med": "kolada:G96274"}
    page.selectbox(key="choice-kommun").select("1280").run()
    assert page.query_params["kommun"] == "1280"
    assert "med" not in page.query_params
    assert "<h1>Malmö bland" in page_html(page)


def test_one_can_choose_the_municipalities_oneself_and_ones_own_stays(
    open_page: OpenPage, page_html: PageHtml
) -> None:
    page = open_page("overview", kommun="0127", med="kolada:G96274")
    page.selectbox(key="choice-med").select("codes").run()
    page.multiselect(key="choice-own").set_value(["0180", "1280"]).run()
    assert not page.exception
    assert page.query_params["med"] == "codes:0127,0180,1280"
    assert "<h1>Botkyrka bland 3 valda kommuner</h1>" in page_html(page)


def test_the_order_of_the_rows_is_in_the_address(open_page: OpenPage, page_html: PageHtml) -> None:
    page = open_page("overview", kommun="0127", ordning="namn")
    titles = re.findall(r'scope="row" class="measure"><a[^>]*>([^<]+)</a>', page_html(page))
    assert titles == sorted(titles, key=str.casefold)
    assert 'class="section"' not in page_html(page)
    page.selectbox(key="choice-ordning").select("amne").run()
    assert 'class="section"' in page_html(page)


@pytest.mark.parametrize(
    ("name", "word", "notice"),
    [
        ("kommun", "Botkyrkaa", "Menade du Botkyrka"),
        ("med", "county:99", "county:99"),
        ("med", "county:12", "Botkyrka ingår inte i gruppen"),
        ("samling", "skolla", "Menade du skola"),
        ("kon", "alla", "Möjliga ord: totalt, kvinnor, man."),
        ("farg", "bla", "Möjliga ord: alla, gruppen."),
        ("ordning", "tyngd", "Möjliga ord: amne"),
        ("kand", "förr", "förr"),
        ("kand", "1999-01-01", "Inga värden var kända"),
    ],
)
def test_a_word_that_cannot_be_read_is_reported_and_the_default_is_shown(
    open_page: OpenPage, page_html: PageHtml, name: str, word: str, notice: str
) -> None:
    page = open_page("overview", **{name: word})
    assert not page.exception
    assert "Något i adressen gick inte att läsa" in page_html(page)
    assert notice in page_html(page)
    assert "<h1>Botkyrka bland Södertörnskommunerna</h1>" in page_html(page)


def test_an_address_that_is_markup_stays_text(open_page: OpenPage, page_html: PageHtml) -> None:
    page = page_html(open_page("overview", kommun="<img src=x onerror=alert(1)>"))
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_as_known_earlier_is_chosen_by_its_day(open_page: OpenPage, page_html: PageHtml) -> None:
    page = open_page("overview", kommun="0127")
    earlier = [word for word in page.selectbox(key="choice-kand").options if word != "i dag"]
    assert len(earlier) == 1
    page.selectbox(key="choice-kand").select_index(1).run()
    assert not page.exception
    assert "kand" in page.query_params
    assert "Något i adressen" not in page_html(page)


def test_women_are_shown_where_there_are_values_for_women(open_page: OpenPage, page_html: PageHtml) -> None:
    page = open_page("overview", kommun="0127", kon="kvinnor")
    assert not page.exception
    assert "<span>kvinnor</span>" in page_html(page)
    assert "Redovisas inte för kvinnor och män var för sig:" in page_html(page)


def test_english_is_a_word_in_the_address(open_page: OpenPage, page_html: PageHtml) -> None:
    page = page_html(open_page("overview", kommun="0127", lang="en"))
    assert 'hreflang="sv"' in page
    assert 'documentElement.lang = "en"' in page
    assert re.search(r"<b>\d+\.\d</b>", page)
    assert not re.search(r"<b>\d+,\d</b>", page)


@pytest.mark.parametrize("code", ["0980", "2584", "0001"])
def test_every_place_opens_also_an_island_and_a_region(
    open_page: OpenPage, page_html: PageHtml, code: str
) -> None:
    page = open_page("overview", kommun=code)
    assert not page.exception
    assert page.selectbox(key="choice-kommun").value == code
    assert "Något i adressen" not in page_html(page)


def test_a_group_that_is_no_network_is_shown_with_a_remark(open_page: OpenPage, page_html: PageHtml) -> None:
    page = page_html(open_page("overview", kommun="0127", med="codes:0127,0126,0136"))
    remarks = re.search(r'class="remarks".*?</section>', page, re.DOTALL)
    assert remarks
    assert remarks[0].count("Ett nätverk har sex till tio") == 1


@pytest.mark.parametrize(
    ("group", "title"),
    [
        ("kolada:G96274", "Botkyrka bland Södertörnskommunerna"),
        ("county:01", "Botkyrka bland kommunerna i Stockholms län"),
        (
            "skr:Pendlingskommun nära storstad",
            "Botkyrka bland kommuner av slaget pendlingskommun nära storstad",
        ),
        ("similar:0127", "Botkyrka bland liknande kommuner"),
        ("all", "Botkyrka bland alla kommuner"),
    ],
)
def test_the_title_says_who_among_whom(
    open_page: OpenPage, page_html: PageHtml, group: str, title: str
) -> None:
    assert f"<h1>{title}</h1>" in page_html(open_page("overview", kommun="0127", med=group))


def test_the_picture_holds_what_the_table_holds(demonstration: Path) -> None:
    places = read_settings()
    with open_figures(places) as figures:
        library = build_library(figures, figures.latest_release())
        group = library.groups.resolve(GroupReference.parse("kolada:G96274"))
        overview = build_overview(
            library, measure_ids=library.catalogue.measure_set("barn").measure_ids, group=group, focus="0127"
        )
    figure = draw_overview("Titel", "Urval", overview, Speech(str, "sv")).figure
    texts = [annotation.text for annotation in figure.layout.annotations]
    row = overview.rows[0]
    assert row.comparison.measure.short_title in texts
    assert f"<b>{number(row.focus.value or 0.0, row.comparison.measure.decimals)}</b>" in texts
    fills = [shape.fillcolor for shape in figure.layout.shapes if shape.type == "rect"]
    assert len(fills) == len(overview.rows) * len(group.codes)
    reds = sum(member.colour is Colour.RED for row in overview.rows for member in row.comparison.members)
    assert fills.count(FILL[Colour.RED]) == reds == texts.count("▼")


@pytest.mark.usefixtures("fresh_caches")
def test_a_set_without_values_says_why_it_is_empty_and_what_to_do(
    open_page: OpenPage, page_html: PageHtml, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "app_pages.overview.load.build_overview",
        lambda *given, **choices: replace(build_overview(*given, **choices), rows=()),
    )
    page = open_page("overview", kommun="0127")
    assert not page.exception
    assert "Här finns inga värden" in page_html(page)
    assert "Välj en annan samling, eller hämta fler värden på sidan Om data." in page_html(page)
    assert "<table" not in page_html(page)
