"""Charts, drawn from results made by hand, so that the drawing can be checked against the truth."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app_pages.overview.export import export
from app_pages.overview.picture import draw_overview as overview_picture
from app_pages.parts.charts import on_page
from app_pages.parts.charts.border_map import border_map
from app_pages.parts.charts.chart import Chart
from app_pages.parts.charts.distribution import distribution
from app_pages.parts.charts.picture import browser, picture, with_title_and_footer
from app_pages.parts.charts.ranked_bars import ranked_bars
from app_pages.parts.charts.scatter import _overlap, field_words, scatter, together
from app_pages.parts.charts.tile_map import tile_map
from app_pages.parts.charts.trend_lines import trend_lines
from app_pages.parts.charts.women_men import women_men
from app_pages.parts.comparison_table import show_comparison_notes, show_comparison_table
from app_pages.parts.downloads import csv
from app_pages.parts.theme import FILL, MINE, OTHERS, SIGN
from app_pages.parts.words import Speech
from domain.comparability import Comparability
from domain.comparison import Colour, ColourAmong, Comparison, Interval, Member
from domain.development import Development, GroupYear, MemberDevelopment
from domain.group import Group, GroupReference
from domain.measure import Direction, Measure
from domain.overview import Overview, OverviewRow
from domain.place import Place, PlaceKind
from domain.relation import Relation, Side, TwoMeasures
from domain.release import Release
from domain.series import Point, Series
from domain.value import Gender, Status
from domain.women_and_men import WomenAndMen

RELEASE = Release(2, datetime(2024, 1, 30, tzinfo=UTC), "run", "", is_made_up=True)
MEASURE = Measure("N17461", "Examen inom 4 år, andel (%)", "Examen inom 4 år", "%", 1, Direction.HIGHER)
NAMES = {"0126": "Huddinge", "0127": "Botkyrka", "0128": "Salem", "0140": "Nykvarn"}
NOTHING = {"0126": None, "0127": None, "0128": None, "0140": None}


def swedish(text: str) -> str:
    return text


def compared(
    values: dict[str, float | None],
    *,
    measure: Measure = MEASURE,
    status: Status = Status.SUPPRESSED,
    colours: dict[str, Colour] | None = None,
    intervals: dict[str, Interval] | None = None,
    gender: Gender = Gender.TOTAL,
) -> Comparison:
    """A comparison seen from Botkyrka; `status` is why a value is not there."""
    is_low_good = measure.direction is Direction.LOWER
    known = sorted((value for value in values.values() if value is not None), reverse=not is_low_good)
    members = tuple(
        Member(
            code,
            NAMES.get(code, code),
            value,
            Status.OK if value is not None else status,
            rank=known.index(value) + 1 if value is not None else None,
            colour=(colours or {}).get(code, Colour.NONE),
            interval=(intervals or {}).get(code),
        )
        for code, value in values.items()
    )
    return Comparison(
        measure=measure,
        year=2023,
        gender=gender,
        group=Group(GroupReference.parse("codes:" + ",".join(values)), "Fyra kommuner", tuple(values)),
        release=RELEASE,
        source="Påhittade demonstrationsvärden",
        method=(),
        members=members,
        focus="0127",
        n=len(values),
        n_with_value=len(known),
        mean=sum(known) / len(known) if known else None,
        median=known[len(known) // 2] if known else None,
        lower_quartile=min(known, default=None),
        upper_quartile=max(known, default=None),
        national_value=60.0,
    )


def developed(
    values: dict[str, dict[int, float | None]], *, breaks: tuple[int, ...] = (), measure: Measure = MEASURE
) -> Development:
    series = {
        code: Series(
            code,
            NAMES.get(code, code),
            tuple(
                Point(year, value, Status.OK if value is not None else Status.SUPPRESSED)
                for year, value in sorted(of_year.items())
            ),
            breaks,
        )
        for code, of_year in values.items()
    }
    years = sorted({year for of_year in values.values() for year in of_year})
    known = {year: [of[year] for of in values.values() if of.get(year) is not None] for year in years}
    return Development(
        measure=measure,
        gender=Gender.TOTAL,
        group=Group(GroupReference.parse("codes:" + ",".join(values)), "Gruppen", tuple(values)),
        release=RELEASE,
        source="",
        method=(),
        members=tuple(MemberDevelopment(line) for line in series.values()),
        national=Series("0000", "Riket", ()),
        group_years=tuple(
            GroupYear(
                year, len(of), sum(of) / len(of) if of else None, min(of, default=None), max(of, default=None)
            )
            for year, of in known.items()
        ),
        focus="0127",
        break_years=breaks,
    )


def draw_chart(draw: Callable[..., Chart], *results: object, **more: object) -> Chart:
    return draw(*results, translate=swedish, language="sv", **more)


def annotations(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


# ---- ranked bars -----------------------------------------------------------------------------------------------


def test_bars_start_at_zero_and_only_mine_is_dark_blue():
    chart = draw_chart(ranked_bars, compared({"0126": 74.3, "0127": 66.6, "0128": 79.7}))
    (bars,) = chart.figure.select_traces({"type": "bar"})
    assert chart.figure.layout.xaxis.range[0] == 0
    assert list(bars.x) == [79.7, 74.3, 66.6]
    assert list(bars.marker.color) == [OTHERS, OTHERS, MINE]


def test_where_low_is_good_the_lowest_comes_first():
    measure = replace(MEASURE, direction=Direction.LOWER)
    chart = draw_chart(ranked_bars, compared({"0126": 74.3, "0127": 66.6, "0128": 79.7}, measure=measure))
    assert chart.table["Kommun"].tolist() == ["Botkyrka", "Huddinge", "Salem"]


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.MISSING, "saknas"),
        (Status.SUPPRESSED, "för litet underlag"),
        (Status.NOT_APPLICABLE, "ej tillämplig"),
        (Status.NOT_REPORTED, "ej rapporterat"),
    ],
)
def test_a_member_without_value_comes_last_with_its_reason(status: Status, word: str):
    chart = draw_chart(ranked_bars, compared({"0127": 66.6, "0140": None}, status=status))
    assert f"– {word}" in annotations(chart.figure)
    assert chart.figure.layout.yaxis.ticktext == ("<b>Botkyrka</b>", "Nykvarn")
    assert chart.table["Anmärkning"].tolist() == ["", word]
    assert f"Nykvarn: {word}." in chart.text_alternative


def test_zero_is_a_bar_and_no_reason():
    chart = draw_chart(ranked_bars, compared({"0127": 0.0, "0128": 5.0}))
    assert chart.table["Anmärkning"].tolist() == ["", ""]
    assert "<b>0,0</b>" in annotations(chart.figure)


def test_numbers_are_written_as_swedes_write_them():
    measure = replace(MEASURE, unit="kr/inv", decimals=0)
    chart = draw_chart(ranked_bars, compared({"0127": 65432.1, "0128": -3.2}, measure=measure))
    assert "<b>65\u00a0432</b>" in annotations(chart.figure)
    assert "\u22123" in annotations(chart.figure)
    assert chart.figure.layout.separators == ",\u00a0"


def test_an_interval_is_a_whisker_from_its_low_to_its_high_end():
    chart = draw_chart(
        ranked_bars, compared({"0127": 66.0, "0128": 70.0}, intervals={"0127": Interval(63.0, 71.0)})
    )
    (whisker,) = [trace for trace in chart.figure.select_traces({"type": "scatter"}) if trace.error_x.array]
    assert (whisker.error_x.arrayminus[0], whisker.error_x.array[0]) == (66.0 - 63.0, 71.0 - 66.0)


def test_a_group_too_large_for_names_still_names_mine():
    values = {f"{code:04d}": float(code) for code in range(1, 291)}
    chart = draw_chart(ranked_bars, compared(values | {"0127": 127.5}))
    assert any("Botkyrka" in text for text in annotations(chart.figure))
    assert len(chart.table) == 290


def test_a_chart_without_values_says_so_and_is_drawn_without_errors():
    chart = draw_chart(ranked_bars, compared(NOTHING))
    assert chart.text_alternative == "Ingen i gruppen har något värde för 2023."


# ---- trend lines -----------------------------------------------------------------------------------------------


def lines_of(figure: go.Figure, colour: str) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.mode == "lines" and trace.line.color == colour]


def test_no_line_is_drawn_across_a_break_or_a_hole():
    of_year = {2018: 1.0, 2019: 2.0, 2020: None, 2021: 3.0, 2022: 4.0, 2023: 5.0}
    chart = draw_chart(trend_lines, developed({"0127": of_year, "0128": of_year}, breaks=(2022,)))
    (mine,) = lines_of(chart.figure, MINE)
    assert list(mine.x) == [2018, 2019, None, 2021, None, 2022, 2023, None]


@settings(deadline=None)
@given(
    st.dictionaries(st.integers(2010, 2024), st.one_of(st.none(), st.floats(0, 100)), min_size=1),
    st.sets(st.integers(2011, 2024), max_size=3),
)
def test_neighbours_on_a_line_are_always_neighbouring_years_without_a_break(
    of_year: dict[int, float | None], breaks: set[int]
):
    chart = draw_chart(trend_lines, developed({"0127": of_year}, breaks=tuple(sorted(breaks))))
    for mine in lines_of(chart.figure, MINE):
        for before, after in pairwise(mine.x):
            if before is not None and after is not None:
                assert after == before + 1
                assert after not in breaks


def test_the_band_is_cut_at_a_break_too():
    values = {"0127": dict.fromkeys(range(2018, 2024), 1.0), "0128": dict.fromkeys(range(2018, 2024), 3.0)}
    chart = draw_chart(trend_lines, developed(values, breaks=(2021,)))
    bands = [list(trace.x) for trace in chart.figure.data if trace.fill == "toself"]
    assert bands == [[2018, 2019, 2020, 2020, 2019, 2018], [2021, 2022, 2023, 2023, 2022, 2021]]


def test_a_break_is_marked_with_the_word_and_described():
    chart = draw_chart(
        trend_lines, developed({"0127": dict.fromkeys(range(2018, 2024), 1.0)}, breaks=(2021,))
    )
    assert "brott 2021" in annotations(chart.figure)
    assert "Brott i serien 2021" in chart.text_alternative


def test_a_suppressed_year_is_a_mark_with_its_reason():
    chart = draw_chart(trend_lines, developed({"0127": {2021: 1.0, 2022: None, 2023: 2.0}}))
    (mark,) = [trace for trace in chart.figure.data if "för litet underlag" in str(trace.hovertemplate)]
    assert list(mark.x) == [2022]
    assert chart.table["2022"].tolist()[0] == "för litet underlag"


def test_a_change_is_described_only_within_an_unbroken_piece():
    of_year = {2019: 10.0, 2020: 10.0, 2021: 50.0, 2022: 55.0}
    chart = draw_chart(trend_lines, developed({"0127": of_year}, breaks=(2021,)))
    assert "från 50,0 år 2021 till 55,0" in chart.text_alternative
    assert "10,0" not in chart.text_alternative


@settings(deadline=None)
@given(st.lists(st.floats(50, 51), min_size=2, max_size=2))
def test_names_at_the_ends_of_lines_never_overlap(last: list[float]):
    values = {"0127": {2022: 1.0, 2023: last[0]}, "0128": {2022: 100.0, 2023: last[1]}}
    chart = draw_chart(trend_lines, developed(values), chosen="0128")
    low, high = chart.figure.layout.yaxis.range
    heights = sorted(
        annotation.y
        for annotation in chart.figure.layout.annotations
        if annotation.xref == "paper" and annotation.x == 1
    )
    gaps = [after - before for before, after in pairwise(heights)]
    assert min(gaps) >= 0.06 * (high - low) - 1e-9


# ---- maps and distribution -------------------------------------------------------------------------------------


POSITIONS = {"0126": (0, 0), "0127": (1, 0), "0128": (0, 1), "0140": (1, 1)}
COLOURS = {"0126": Colour.GREEN, "0127": Colour.RED, "0128": Colour.YELLOW}


def test_every_coloured_tile_has_a_sign_that_says_the_same():
    comparison = compared({"0126": 3.0, "0127": 1.0, "0128": 2.0, "0140": None}, colours=COLOURS)
    chart = draw_chart(tile_map, comparison, positions=POSITIONS)
    signs = {
        (x, y): trace.text
        for trace in chart.figure.select_traces({"mode": "text"})
        for x, y in zip(trace.x, trace.y, strict=True)
    }
    assert signs == {(0, 0): "▲", (1, 0): "▼", (0, 1): "■", (1, 1): "–"}


def test_my_tile_has_a_thick_frame_and_my_name():
    comparison = compared({"0126": 3.0, "0127": 1.0}, colours=COLOURS)
    chart = draw_chart(tile_map, comparison, positions=POSITIONS, peers=("0126", "0127"))
    widths = {(shape.x0, shape.y0): shape.line.width for shape in chart.figure.layout.shapes}
    assert widths[(0.5, -0.5)] > widths[(-0.5, -0.5)]
    assert "<b>Botkyrka</b>" in annotations(chart.figure)


def test_colours_of_directions_and_of_neutral_measures_are_never_the_same():
    directed = {FILL[colour] for colour in (Colour.GREEN, Colour.YELLOW, Colour.RED)}
    neutral = {FILL[colour] for colour in (Colour.LIGHT, Colour.MEDIUM, Colour.DARK)}
    assert not directed & neutral
    assert len({SIGN[colour] for colour in (Colour.GREEN, Colour.YELLOW, Colour.RED)}) == 3


def test_real_borders_are_drawn_without_asking_any_host():
    square = [[[15.0, 60.0], [16.0, 60.0], [16.0, 61.0], [15.0, 61.0], [15.0, 60.0]]]
    borders = {
        "features": [
            {"properties": {"code": "0127"}, "geometry": {"type": "Polygon", "coordinates": square}},
            {"properties": {"code": "0126"}, "geometry": {"type": "MultiPolygon", "coordinates": [square]}},
        ]
    }
    chart = draw_chart(border_map, compared({"0126": 3.0, "0127": 1.0}, colours=COLOURS), borders=borders)
    assert {trace.type for trace in chart.figure.data} == {"scatter"}
    assert sorted(text for trace in chart.figure.data if trace.mode == "text" for text in trace.text) == [
        "▲",
        "▼",
    ]


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_every_municipality_with_a_value_is_one_dot(values: list[float]):
    by_code = {f"{place:04d}": value for place, value in enumerate(values)}
    chart = draw_chart(distribution, compared(by_code), peers=("0001",))
    assert sum(len(trace.x) for trace in chart.figure.data) == len(values)


# ---- women and men ---------------------------------------------------------------------------------------------


def both(women: dict[str, float | None], men: dict[str, float | None]) -> WomenAndMen:
    first, second = compared(women, gender=Gender.WOMEN), compared(men, gender=Gender.MEN)
    return WomenAndMen(women=first, men=second, total=first, gaps=(), method=())


def test_where_one_gender_is_suppressed_no_gap_is_drawn_or_described():
    chart = draw_chart(women_men, both({"0127": None, "0128": 70.0}, {"0127": 60.0, "0128": 65.0}))
    assert len(chart.figure.layout.shapes) == 1
    assert "– kvinnor: för litet underlag" in annotations(chart.figure)
    mine = chart.table[chart.table["Kommun"] == "Botkyrka"]
    assert mine["Skillnad, kvinnor minus män"].isna().all()


def test_women_and_men_differ_by_form_and_not_by_colour_alone():
    chart = draw_chart(women_men, both({"0127": 70.0}, {"0127": 60.0}))
    assert {trace.marker.symbol for trace in chart.figure.data} == {"circle", "diamond"}
    assert "en skillnad på 10,0\u00a0procentenheter" in chart.text_alternative


# ---- two measures ----------------------------------------------------------------------------------------------

COST = replace(MEASURE, id="N15006", short_title="Kostnad per elev", unit="kr", direction=Direction.NEUTRAL)


def related(rho: float | None) -> TwoMeasures:
    first = compared({"0126": 1.0, "0127": 2.0, "0128": 3.0, "0140": 1.01}, measure=COST)
    second = compared({"0126": 5.0, "0127": 4.0, "0128": None, "0140": 5.01})
    relation = Relation(3, rho, rho, 1.0, 5.0, (Side.NONE,) * 4, (Side.NONE,) * 4)
    return TwoMeasures(first, second, relation, method=())


def test_better_and_worse_are_used_only_for_a_measure_with_a_direction():
    words = field_words(COST, MEASURE, is_right=True, is_top=False, translate=swedish)
    assert words == "sämre: Examen inom 4 år<br>högre: Kostnad per elev"


@pytest.mark.parametrize("rho", [-0.9, -0.5, -0.3, 0.0, 0.3, 0.5, 0.9, None])
def test_correlation_is_never_described_as_cause(rho: float | None):
    text = together(related(rho), translate=swedish, language="sv")
    assert ("visar inte att det ena beror på det andra" in text) is (rho is not None)


def test_only_members_with_both_values_are_dots():
    chart = draw_chart(scatter, related(0.5), peers=("0126", "0127", "0128", "0140"))
    assert sum(len(trace.x) for trace in chart.figure.data) == 3
    assert "Salem" not in " ".join(annotations(chart.figure))
    assert "Examen inom 4 år: för litet underlag" in chart.table["Anmärkning"].tolist()


def test_two_boxes_overlap_when_they_share_a_piece():
    assert _overlap((0, 0, 2, 2), (1, 1, 3, 3))
    assert not _overlap((0, 0, 1, 1), (1, 0, 2, 1))


# ---- the table and the picture ---------------------------------------------------------------------------------


def test_a_table_has_a_caption_scopes_and_no_html_of_its_own():
    frame = pd.DataFrame({"Kommun": ["<b>Botkyrka</b>"], "Värde": [1234.56]})
    html = on_page.table(frame, caption="Så & så", decimals=1)
    assert "<caption>Så &amp; så</caption>" in html
    assert '<th scope="row">&lt;b&gt;Botkyrka&lt;/b&gt;</th>' in html
    assert '<td class="number">1\u00a0234,6</td>' in html
    assert html.count('scope="col"') == 2


def test_a_picture_carries_title_notes_source_and_that_it_is_made_up():
    chart = draw_chart(tile_map, compared({"0126": 3.0, "0127": 1.0}, colours=COLOURS), positions=POSITIONS)
    footer = on_page.picture_footer(RELEASE, swedish)
    figure = with_title_and_footer(chart, footer=footer)
    foot = figure.layout.annotations[-1].text
    assert "Examen inom 4 år" in figure.layout.title.text
    assert "Färgen visar läget jämfört med andra" in foot
    assert "Påhittade demonstrationsvärden" in foot
    assert "2024-01-30" in foot
    assert chart.figure.layout.title.text is None


@pytest.mark.browser
@pytest.mark.skipif(browser() is None, reason="Chromium is not on this machine: apt install chromium")
def test_a_picture_is_drawn_as_svg_and_png():
    chart = draw_chart(ranked_bars, compared({"0126": 3.0, "0127": 1.0}))
    footer = on_page.picture_footer(RELEASE, swedish)
    svg = picture(chart, "svg", footer=footer).decode()
    assert svg.lstrip().startswith("<svg")
    assert "Påhittade demonstrationsvärden" in svg
    assert picture(chart, "png", footer=footer).startswith(b"\x89PNG")


def test_the_rank_range_is_beside_the_rank():
    comparison = compared({"0126": 70.0, "0127": 66.0}, intervals={"0127": Interval(63.0, 71.0)})
    unsure = replace(comparison.members[1], rank_range=(1, 2))
    chart = draw_chart(ranked_bars, replace(comparison, members=(comparison.members[0], unsure)))
    assert chart.table["Möjlig plats"].tolist() == ["", "1–2"]


# ---- comparability -----------------------------------------------------------------------------------------------


def with_flags(comparison: Comparison, flags: dict[str, tuple[Comparability, str]]) -> Comparison:
    """The same with what some members say; who is not comparable has no place."""
    members = []
    for member in comparison.members:
        flag, words = flags.get(member.code, (Comparability.COMPARABLE, ""))
        rank = None if flag is Comparability.NOT_COMPARABLE else member.rank
        members.append(replace(member, comparability=flag, footnote=words, rank=rank))
    return replace(comparison, members=tuple(members))


APART = (Comparability.NOT_COMPARABLE, "Räknar bara egen regi")
WITH_CARE = (Comparability.WITH_RESERVATION, "Ny räkning sedan 2022")


def test_an_incomparable_member_is_the_last_bar_hatched_and_explained():
    comparison = compared({"0126": 74.3, "0127": 66.6, "0128": 99.9})
    chart = draw_chart(ranked_bars, with_flags(comparison, {"0128": APART, "0126": WITH_CARE}))
    (bars,) = chart.figure.select_traces({"type": "bar"})
    assert list(bars.x) == [74.3, 66.6, 99.9]
    assert list(bars.marker.pattern.shape) == ["", "", "/"]
    assert [re.sub("<[^>]*>", "", name) for name in chart.figure.layout.yaxis.ticktext] == [
        "Huddinge ≈",
        "Botkyrka",
        "Salem ≠",
    ]
    assert (
        "≠ Salem är inte jämförbar: visas, men räknas inte in i plats, medel och färg. Räknar bara egen regi."
        in chart.notes
    )
    assert "≈ Huddinge jämförs med förbehåll. Ny räkning sedan 2022." in chart.notes


def test_the_flag_is_in_every_table_of_the_bars():
    chart = draw_chart(
        ranked_bars, with_flags(compared({"0126": 74.3, "0127": 66.6, "0128": 99.9}), {"0128": APART})
    )
    assert chart.table["Jämförbarhet"].tolist() == ["", "", "inte jämförbar: Räknar bara egen regi"]
    full = chart.full_table.set_index("Kod")
    assert full.loc["0128", "Jämförbarhet"] == "inte jämförbar"
    assert full.loc["0128", "Medlemmens anmärkning"] == "Räknar bara egen regi"
    assert full.loc["0126", "Jämförbarhet"] == "jämförbar"


def test_my_own_incomparable_member_is_described_without_a_rank():
    chart = draw_chart(ranked_bars, with_flags(compared({"0126": 74.3, "0127": 66.6}), {"0127": APART}))
    assert chart.text_alternative.startswith("Botkyrka har 66,6 %. ".replace(" %", "\u00a0%"))
    assert "inte jämförbar" in chart.text_alternative


def test_comparability_is_not_mentioned_without_a_statement():
    chart = draw_chart(ranked_bars, compared({"0126": 74.3, "0127": 66.6}))
    assert "Jämförbarhet" not in chart.table
    assert "jämförbar" not in " ".join([chart.text_alternative, *chart.notes])


def test_the_line_of_who_is_not_comparable_is_broken_and_named_with_its_sign():
    plain = developed({"0126": {2020: 1.0, 2021: 2.0}, "0127": {2020: 3.0, 2021: 4.0}})
    flagged = replace(
        plain,
        members=tuple(
            replace(member, comparability=APART[0], footnote=APART[1])
            if member.series.code == "0126"
            else member
            for member in plain.members
        ),
    )
    chart = draw_chart(trend_lines, flagged)
    dashes = [trace.line.dash for trace in chart.figure.data if trace.mode == "lines"]
    assert "3px,3px" in dashes
    assert "Huddinge ≠" in chart.table["Kommun"].tolist()
    assert any(note.startswith("≠ Huddinge är inte jämförbar") for note in chart.notes)
    assert set(chart.full_table.set_index("Kod").loc["0126", "Jämförbarhet"]) == {"inte jämförbar"}


@pytest.mark.parametrize("draw", [distribution, tile_map])
def test_the_flag_is_in_the_tables_of_the_whole_country(draw: Callable[..., Chart]):
    comparison = with_flags(compared({"0126": 74.3, "0127": 66.6}), {"0126": APART})
    more = {"positions": {"0126": (0, 0), "0127": (1, 0)}} if draw is tile_map else {}
    chart = draw_chart(draw, comparison, **more)
    assert "inte jämförbar: Räknar bara egen regi" in chart.full_table["Jämförbarhet"].tolist()


def test_the_flag_is_in_every_downloaded_file_of_the_overview():
    comparison = with_flags(compared({"0126": 74.3, "0127": 66.6}), {"0126": APART})
    series = Series("0127", "Botkyrka", ())
    overview = Overview(
        focus=Place("0127", "Botkyrka", PlaceKind.MUNICIPALITY),
        group=comparison.group,
        gender=Gender.TOTAL,
        colour_among=ColourAmong.GROUP,
        release=RELEASE,
        rows=(OverviewRow("Skola", comparison, series),),
    )
    taken = export("Titel", "Urval", overview, swedish)
    drawn_overview = overview_picture("Titel", "Urval", overview, Speech(swedish, "sv"))
    assert any("≠ Huddinge är inte jämförbar" in note for note in drawn_overview.picture_notes)
    assert any(text.text.startswith("≠") for text in drawn_overview.figure.layout.annotations)
    assert taken.shown["Jämförbarhet"].tolist() == ["Huddinge: inte jämförbar: Räknar bara egen regi"]
    full = taken.full.set_index("Kod")
    assert full.loc["0126", "Jämförbarhet"] == "inte jämförbar"
    assert full.loc["0126", "Medlemmens anmärkning"] == "Räknar bara egen regi"
    assert full.loc["0127", "Jämförbarhet"] == "jämförbar"


# ---- explanations --------------------------------------------------------------------------------------------------

WORDS = "Ny <b>enkät</b> & färre svar"


def with_footnotes(comparison: Comparison, words: dict[str, str]) -> Comparison:
    """The same with explanations for some members' values."""
    members = tuple(replace(member, explanation=words.get(member.code, "")) for member in comparison.members)
    return replace(comparison, members=members)


def raised_letters(chart: Chart) -> list[str]:
    """The letters in the order in which the chart draws them."""
    return [match for text in annotations(chart.figure) for match in re.findall(r"<sup>(\w+)</sup>", text)]


def test_an_explained_bar_has_a_raised_letter_that_opens_the_words_and_a_line_beneath():
    comparison = with_footnotes(
        compared({"0126": 74.3, "0127": 66.6, "0128": None}), {"0127": WORDS, "0128": "Få svar"}
    )
    chart = draw_chart(ranked_bars, comparison)
    texts = annotations(chart.figure)
    assert "<b>66,6</b><sup>a</sup>" in texts
    assert "– för litet underlag<sup>b</sup>" in texts
    assert "74,3" in texts
    opened = {
        annotation.text: annotation.hovertext
        for annotation in chart.figure.layout.annotations
        if annotation.hovertext
    }
    assert opened["<b>66,6</b><sup>a</sup>"] == "Ny &lt;b&gt;enkät&lt;/b&gt; &amp; färre svar"
    assert chart.notes == (f"a) Botkyrka 2023: {WORDS}", "b) Salem 2023: Få svar")
    (bars,) = chart.figure.select_traces({"type": "bar"})
    assert ["Ny &lt;b&gt;" in hover_text for hover_text in bars.customdata] == [False, True]
    assert f"Botkyrka 2023: {WORDS}." in chart.text_alternative
    assert chart.table["Förklaring till värdet"].tolist() == ["", WORDS, "Få svar"]
    assert chart.full_table["Förklaring till värdet"].tolist() == ["", WORDS, "Få svar"]


def test_without_explanations_there_is_no_letter_and_no_empty_column():
    chart = draw_chart(ranked_bars, compared({"0126": 74.3, "0127": 66.6}))
    assert raised_letters(chart) == []
    assert "Förklaring till värdet" not in chart.table
    lines = draw_chart(
        trend_lines, developed({"0126": {2020: 1.0, 2021: 2.0}, "0127": {2020: 3.0, 2021: 4.0}})
    )
    assert not any(annotation.hovertext for annotation in lines.figure.layout.annotations)
    assert "Förklaringar" not in lines.table


def with_explanations(
    development: Development, explanations: dict[str, tuple[tuple[int, str], ...]]
) -> Development:
    members = tuple(
        replace(member, series=replace(member.series, explanations=explanations.get(member.series.code, ())))
        for member in development.members
    )
    return replace(development, members=members)


def test_an_explained_year_has_its_letter_on_the_point_and_in_the_table():
    plain = developed(
        {"0126": {2020: 1.0, 2021: 2.0}, "0127": {2020: 3.0, 2021: None, 2022: 4.0}},
    )
    chart = draw_chart(
        trend_lines,
        with_explanations(plain, {"0127": ((2021, "Uteblev"), (2022, WORDS)), "0126": ((2021, "Flytt"),)}),
    )
    at = {
        annotation.text: (annotation.x, annotation.y)
        for annotation in chart.figure.layout.annotations
        if annotation.hovertext
    }
    assert at["<b>b</b>"] == (2022, 4.0)
    assert at["c"] == (2021, 2.0)
    assert at["<b>a</b>"][0] == 2021  # on the mark of the hole
    assert chart.notes[-3:] == (
        "a) Botkyrka 2021: Uteblev",
        f"b) Botkyrka 2022: {WORDS}",
        "c) Huddinge 2021: Flytt",
    )
    mine = chart.table.set_index("Kommun").loc["Botkyrka"]
    assert (mine["2020"], mine["2021"], mine["2022"]) == ("3,0", "för litet underlag a)", "4,0 b)")
    assert mine["Förklaringar"] == f"a) Uteblev; b) {WORDS}"
    full = chart.full_table.set_index(["Kod", "År"])["Förklaring till värdet"]
    assert (full["0127", 2022], full["0127", 2020], full["0126", 2021]) == (WORDS, "", "Flytt")
    hovers = [
        text
        for trace in chart.figure.data
        for text in (trace.customdata if trace.customdata is not None else ())
    ]
    assert any("4,0" in text and "&lt;b&gt;" in text for text in hovers)


def test_with_more_lines_than_are_drawn_only_the_lifted_ones_have_letters():
    many = {f"{code:04}": {2020: 1.0, 2021: float(code)} for code in range(130, 165)} | {
        "0127": {2020: 1.0, 2021: 2.0}
    }
    explanations = dict.fromkeys(many, ((2021, "Ord"),))
    chart = draw_chart(trend_lines, with_explanations(developed(many), explanations), chosen="0130")
    assert [annotation.text for annotation in chart.figure.layout.annotations if annotation.hovertext] == [
        "b",
        "<b>a</b>",
    ]
    assert [note for note in chart.notes if ") " in note[:4]] == [
        "a) Botkyrka 2021: Ord",
        "b) 0130 2021: Ord",
    ]


@pytest.mark.parametrize("draw", [distribution, tile_map, border_map])
def test_the_whole_country_shows_what_is_explained_on_its_place_and_in_its_table(draw: Callable[..., Chart]):
    comparison = with_footnotes(compared({"0126": 74.3, "0127": 66.6}), {"0126": WORDS})
    square = [[[17.0, 59.0], [18.0, 59.0], [18.0, 60.0], [17.0, 60.0], [17.0, 59.0]]]
    borders = {
        "features": [
            {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": square}}
            for code in ("0126", "0127")
        ]
    }
    more = {
        tile_map: {"positions": {"0126": (0, 0), "0127": (1, 0)}},
        border_map: {"borders": borders},
        distribution: {},
    }[draw]
    chart = draw_chart(draw, comparison, **more)
    assert chart.notes[-1] == f"a) Huddinge 2023: {WORDS}"
    assert chart.full_table.set_index("Kod")["Förklaring till värdet"].to_dict() == {
        "0126": WORDS,
        "0127": "",
    }
    shown = [
        str(text) for trace in chart.figure.data for text in (trace.text if trace.text is not None else ())
    ]
    assert any(re.fullmatch(r"(\S )?a", annotation) for annotation in [*shown, *annotations(chart.figure)])
    hovers = str([trace.customdata for trace in chart.figure.data])
    assert "&lt;b&gt;enkät" in hovers
    assert WORDS in chart.text_alternative


def test_women_and_men_have_letters_of_their_own():
    women = with_footnotes(
        compared({"0127": 70.0, "0126": 60.0}, gender=Gender.WOMEN), {"0127": "Få kvinnor"}
    )
    men = with_footnotes(compared({"0127": 60.0, "0126": None}, gender=Gender.MEN), {"0126": "Få män"})
    both = WomenAndMen(women, men, women, (10.0, None), ())
    chart = draw_chart(women_men, both)
    assert "a" in annotations(chart.figure)  # at the dot
    assert "– män: för litet underlag<sup>b</sup>" in annotations(chart.figure)
    assert chart.notes[-2:] == ("a) Botkyrka 2023, kvinnor: Få kvinnor", "b) Huddinge 2023, män: Få män")
    assert chart.table["Förklaringar"].tolist() == ["kvinnor: Få kvinnor", "män: Få män"]


def test_a_dot_of_two_measures_carries_the_letters_of_both():
    other = replace(MEASURE, id="U1", short_title="Nöjda")
    across = with_footnotes(compared({"0126": 70.0, "0127": 60.0}), {"0127": "Ena"})
    up = with_footnotes(
        compared({"0126": 1.0, "0127": 2.0}, measure=other), {"0127": "Andra", "0126": "Tredje"}
    )
    two = TwoMeasures(across, up, Relation(2, None, None, None, None, (), ()), ())
    chart = draw_chart(scatter, two, peers=("0126", "0127"))
    assert "<b>Botkyrka</b><sup>b, c</sup>" in annotations(chart.figure)
    assert chart.notes[1:] == (
        "a) Huddinge, Nöjda 2023: Tredje",
        "b) Botkyrka, Examen inom 4 år 2023: Ena",
        "c) Botkyrka, Nöjda 2023: Andra",
    )
    assert "Nöjda: Andra" in chart.table.set_index("Kod").loc["0127", "Anmärkning"]


def test_somebodys_words_are_never_mark_up_in_a_picture():
    chart = draw_chart(ranked_bars, with_footnotes(compared({"0126": 74.3, "0127": 66.6}), {"0127": WORDS}))
    whole = with_title_and_footer(chart, footer=("Källa",))
    assert "a) Botkyrka 2023: Ny &lt;b&gt;enkät&lt;/b&gt; &amp; färre svar" in annotations(whole)[-1]


def test_a_long_explanation_is_cut_on_hover_and_whole_beneath():
    words = "Vi har räknat om allt från grunden och fått ett annat värde. " * 20
    chart = draw_chart(
        ranked_bars, with_footnotes(compared({"0126": 74.3, "0127": 66.6}), {"0127": words.strip()})
    )
    (opened,) = [
        annotation.hovertext for annotation in chart.figure.layout.annotations if annotation.hovertext
    ]
    assert len(opened) < 500
    assert opened.endswith("…")
    assert max(map(len, opened.split("<br>"))) <= 56
    assert words.strip() in chart.notes[-1]


def test_an_explanation_follows_the_overview_into_every_file_and_its_picture(monkeypatch):
    blocks: list[str] = []
    monkeypatch.setattr("streamlit.html", lambda body, **_options: blocks.append(str(body)))
    comparison = with_footnotes(compared({"0126": 74.3, "0127": 66.6}), {"0126": "=1+1", "0127": WORDS})
    overview = Overview(
        focus=Place("0127", "Botkyrka", PlaceKind.MUNICIPALITY),
        group=comparison.group,
        gender=Gender.TOTAL,
        colour_among=ColourAmong.GROUP,
        release=RELEASE,
        rows=(OverviewRow("Skola", comparison, Series("0127", "Botkyrka", ())),),
    )
    taken = export("Titel", "Urval", overview, swedish)
    assert taken.shown["Förklaringar"].tolist() == [f"Huddinge: =1+1; Botkyrka: {WORDS}"]
    assert taken.full["Förklaring till värdet"].tolist() == ["=1+1", WORDS]
    assert ";'=1+1" in csv(taken, is_full=True).decode("utf-8-sig")
    picture_of_it = overview_picture("Titel", "Urval", overview, Speech(swedish, "sv"))
    assert raised_letters(picture_of_it) == ["b", "a"]
    assert f"b) Examen inom 4 år, Botkyrka 2023: {WORDS}" in picture_of_it.picture_notes
    show_comparison_table(
        overview,
        overview.rows,
        caption="",
        has_sections=False,
        measure_href=lambda _measure: "#",
        learn_href=lambda _measure: "#",
    )
    show_comparison_notes(overview.rows, "")
    html, _legend, listed = blocks
    assert 'title="Ny &lt;b&gt;enkät&lt;/b&gt; &amp; färre svar"' in html
    assert html.count('href="#anm-') == 2
    assert '<li id="anm-b"><sup>b</sup> Examen inom 4 år, Botkyrka: Ny &lt;b&gt;enkät' in listed
