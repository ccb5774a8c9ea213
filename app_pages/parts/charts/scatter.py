"""Scatter plot of two measures: one dot per municipality, divided into four fields by the medians."""

from typing import Final

import pandas as pd

from app_pages.parts.charts.chart import Chart, Translate
from app_pages.parts.charts.footnotes import Footnotes, footnotes_of, hover_lines
from app_pages.parts.charts.look import plain_figure, value_axis
from app_pages.parts.charts.wording import comparability_words, status_words, unit_words, value_words
from app_pages.parts.theme import GRID, INK, MINE, OTHERS, PEERS, QUIET
from domain.comparison import Comparison, Member
from domain.measure import Direction, Measure
from domain.message import to_translate
from domain.relation import Side, TwoMeasures
from domain.value import Status
from language.numbers import number, with_unit
from language.rendering import render

MOST_NAMED: Final = 12  # more names than this lie on each other
NAME_WIDTH: Final = 0.021  # a letter, as a share of the chart's width on a phone
NAME_HEIGHT: Final = 0.036


def scatter(two: TwoMeasures, *, peers: tuple[str, ...], translate: Translate, language: str) -> Chart:
    """Draw the first measure on the horizontal axis and the second on the vertical; medians divide the fields."""
    across, up, relation = two.first, two.second, two.relation
    pairs = in_both(across, up)
    focus = across.focus
    figure = plain_figure(height=520, language=language, margin_top=18, margin_bottom=46)
    x_range = _range([a.value or 0.0 for a, _ in pairs])
    y_range = _range([b.value or 0.0 for _, b in pairs])
    figure.update_xaxes(range=x_range)
    figure.update_yaxes(range=y_range)
    is_peer = {code for code in peers if code != focus}
    for colour, size, members in (
        (OTHERS, 7, [pair for pair in pairs if pair[0].code not in is_peer and pair[0].code != focus]),
        (PEERS, 10, [pair for pair in pairs if pair[0].code in is_peer]),
        (MINE, 14, [pair for pair in pairs if pair[0].code == focus]),
    ):
        if members:
            figure.add_scatter(
                x=[a.value for a, _ in members],
                y=[b.value for _, b in members],
                mode="markers",
                marker={"color": colour, "size": size, "line": {"color": "white", "width": 0.8}},
                customdata=[
                    f"<b>{a.name}</b><br>"
                    f"{across.measure.short_title}: {value_words(a.value, a.status, across.measure, translate, language)}<br>"
                    f"{up.measure.short_title}: {value_words(b.value, b.status, up.measure, translate, language)}"
                    + "".join(
                        f"<br>{hover_lines(member.explanation)}" for member in (a, b) if member.explanation
                    )
                    for a, b in members
                ],
                hovertemplate="%{customdata}<extra></extra>",
            )
    footnotes = _footnotes(pairs, across, up)
    named = [pair for pair in pairs if pair[0].code == focus]
    if len(is_peer) <= MOST_NAMED:
        named += [pair for pair in pairs if pair[0].code in is_peer]
    for a, b, (right, above) in _places_of_names(named, x_range, y_range):
        is_mine = a.code == focus
        shift = 10 if is_mine else 8
        figure.add_annotation(
            x=a.value,
            y=b.value,
            text=(f"<b>{a.name}</b>" if is_mine else a.name) + _raised(footnotes, a.code),
            showarrow=False,
            xanchor={1: "left", -1: "right", 0: "center"}[right],
            yanchor={1: "bottom", -1: "top", 0: "middle"}[above],
            xshift=shift * right,
            yshift=(shift - 3) * above,
            font={"size": 13 if is_mine else 12, "color": MINE if is_mine else INK},
        )
    are_named = {a.code for a, _b in named}
    for a, b in pairs:
        if a.code not in are_named and _raised(footnotes, a.code):
            figure.add_annotation(
                x=a.value,
                y=b.value,
                yanchor="bottom",
                yshift=2,
                text=_raised(footnotes, a.code),
                showarrow=False,
                font={"size": 13, "color": INK},
            )
    if relation.first_median is not None and relation.second_median is not None:
        line = {"color": QUIET, "width": 1, "dash": "4px,3px"}
        figure.add_shape(
            type="line",
            x0=relation.first_median,
            x1=relation.first_median,
            y0=0,
            y1=1,
            yref="paper",
            line=line,
        )
        figure.add_shape(
            type="line",
            y0=relation.second_median,
            y1=relation.second_median,
            x0=0,
            x1=1,
            xref="paper",
            line=line,
        )
        for is_right in (False, True):
            for is_top in (False, True):
                figure.add_annotation(
                    x=1 if is_right else 0,
                    xref="paper",
                    xanchor="right" if is_right else "left",
                    y=1 if is_top else 0,
                    yref="paper",
                    yanchor="top" if is_top else "bottom",
                    align="right" if is_right else "left",
                    xshift=-4 if is_right else 4,
                    text=field_words(
                        across.measure, up.measure, is_right=is_right, is_top=is_top, translate=translate
                    ),
                    showarrow=False,
                    font={"size": 12, "color": QUIET},
                    bgcolor="rgba(255,255,255,0.75)",
                )
    for axis, measure, year in (
        (figure.update_xaxes, across.measure, across.year),
        (figure.update_yaxes, up.measure, up.year),
    ):
        axis(
            **value_axis(measure.decimals, is_zero_marked=False),
            title={
                "text": f"{measure.short_title} ({measure.unit}, {year})"
                if measure.unit
                else f"{measure.short_title} ({year})",
                "font": {"size": 12, "color": INK},
                "standoff": 10,
            },
            linecolor=GRID,
        )
    title = translate("{first} och {second}").format(
        first=across.measure.short_title, second=up.measure.short_title
    )
    return Chart(
        name="samband",
        title=title,
        subtitle=" · ".join(
            [
                f"{across.year}" if across.year == up.year else f"{across.year}, {up.year}",
                translate("{count} kommuner").format(count=len(pairs)),
                render(across.group.name, translate),
            ]
        ),
        figure=figure.figure(),
        text_alternative=describe(two, pairs, translate=translate, language=language),
        table=table(across, up, translate=translate),
        full_table=table(across, up, translate=translate),
        notes=(
            translate("De streckade linjerna är medianerna. Axlarna börjar inte vid noll."),
            *footnotes.lines,
        ),
        picture_notes=(together(two, translate=translate, language=language),),
    )


def _footnotes(pairs: list[tuple[Member, Member]], across: Comparison, up: Comparison) -> Footnotes:
    """Return the explained values of the dots: of each municipality first the horizontal, then the vertical."""
    return footnotes_of(
        (
            (member.code, comparison.measure.id),
            f"{member.name}, {comparison.measure.short_title} {comparison.year}",
            member.explanation,
        )
        for pair in pairs
        for member, comparison in zip(pair, (across, up), strict=True)
    )


def _raised(footnotes: Footnotes, code: str) -> str:
    """Return the letters of both values of one dot."""
    letters = [
        footnote.letter
        for key, footnote in footnotes.by_key.items()
        if isinstance(key, tuple) and key[0] == code
    ]
    return f"<sup>{', '.join(letters)}</sup>" if letters else ""


def in_both(across: Comparison, up: Comparison) -> list[tuple[Member, Member]]:
    """Return the members that have a number in both, the focus last so that it is drawn on top."""
    by_code = {member.code: member for member in up.members}
    pairs = [
        (member, by_code[member.code])
        for member in across.members
        if member.value is not None and member.code in by_code and by_code[member.code].value is not None
    ]
    return sorted(pairs, key=lambda pair: pair[0].code == across.focus)


def _range(values: list[float]) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    span = (high - low) or abs(high) or 1.0
    return [low - span * 0.09, high + span * 0.13]


def _places_of_names(
    named: list[tuple[Member, Member]], x_range: list[float], y_range: list[float]
) -> list[tuple[Member, Member, tuple[int, int]]]:
    """Beside which side of its dot each name stands: (1, 0) right, (−1, 0) left, (0, 1) above, (0, −1) below.

    Reckoned on a phone, where names take most room: the first side on which a name covers no other name and no
    named dot; if there is none, the right.
    """
    width, height = x_range[1] - x_range[0], y_range[1] - y_range[0]
    dots = [((a.value or 0.0) / width, (b.value or 0.0) / height) for a, b in named]
    taken: list[tuple[float, float, float, float]] = [
        (x - 0.02, y - 0.012, x + 0.02, y + 0.012) for x, y in dots
    ]
    placed = []
    for (a, b), (x, y) in zip(named, dots, strict=True):
        long, tall = len(a.name) * NAME_WIDTH, NAME_HEIGHT
        boxes = {
            (1, 0): (x + 0.022, y - tall / 2, x + 0.022 + long, y + tall / 2),
            (-1, 0): (x - 0.022 - long, y - tall / 2, x - 0.022, y + tall / 2),
            (0, 1): (x - long / 2, y + 0.014, x + long / 2, y + 0.014 + tall),
            (0, -1): (x - long / 2, y - 0.014 - tall, x + long / 2, y - 0.014),
        }
        side = next(
            (side for side, box in boxes.items() if not any(_overlap(box, other) for other in taken)), (1, 0)
        )
        taken.append(boxes[side])
        placed.append((a, b, side))
    return placed


def _overlap(box: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def field_words(across: Measure, up: Measure, *, is_right: bool, is_top: bool, translate: Translate) -> str:
    """Describe a field: better or worse only where the direction is known, otherwise higher or lower."""
    words = [_word(measure, is_high, translate) for measure, is_high in ((up, is_top), (across, is_right))]
    if words[0] == words[1]:
        return translate("{word} i båda").format(word=words[0])
    titles = (up.short_title, across.short_title)
    return "<br>".join(f"{word}: {_shortened(title)}" for word, title in zip(words, titles, strict=True))


def _word(measure: Measure, is_high: bool, translate: Translate) -> str:
    if measure.direction is Direction.NEUTRAL:
        return translate("högre") if is_high else translate("lägre")
    is_better = is_high == (measure.direction is Direction.HIGHER)
    return translate("bättre") if is_better else translate("sämre")


def _shortened(title: str, most: int = 16) -> str:
    return title if len(title) <= most else title[: most - 1].rstrip(" ,") + "…"


def together(two: TwoMeasures, *, translate: Translate, language: str) -> str:
    """Describe how strongly the two are related, and that this does not imply a cause."""
    rho = two.relation.spearman
    if rho is None:
        return translate("Det är för få kommuner med båda värdena för att tala om ett samband.")
    size = abs(rho)
    if size < 0.2:
        how = translate("Måtten följs knappt åt")
    elif size < 0.4:
        how = translate("Måtten följs svagt åt") if rho > 0 else translate("Måtten går svagt åt olika håll")
    elif size < 0.7:
        how = (
            translate("Måtten följs tydligt åt") if rho > 0 else translate("Måtten går tydligt åt olika håll")
        )
    else:
        how = translate("Måtten följs starkt åt") if rho > 0 else translate("Måtten går starkt åt olika håll")
    return translate(
        "{how} bland de {count} kommunerna (rangkorrelation {value}). Samvariation visar inte att det ena beror på det andra."
    ).format(how=how, count=two.relation.n, value=number(rho, 2, language))


SIDE: Final = {
    Side.BETTER: to_translate("bättre än medianen"),
    Side.WORSE: to_translate("sämre än medianen"),
    Side.HIGHER: to_translate("högre än medianen"),
    Side.LOWER: to_translate("lägre än medianen"),
    Side.AT_MEDIAN: to_translate("på medianen"),
}


def side_words(side: Side, translate: Translate) -> str:
    """Say on which side of the median a value is; empty without a value."""
    return translate(SIDE[side]) if side in SIDE else ""


def describe(
    two: TwoMeasures, pairs: list[tuple[Member, Member]], *, translate: Translate, language: str
) -> str:
    """Describe the dots in sentences."""
    across, up = two.first, two.second
    sentences = [
        translate("{count} kommuner har värde för båda måtten.").format(count=len(pairs)),
    ]
    for a, b in pairs:
        if a.code == across.focus:
            sentences.append(
                translate("{name} har {first} i {first_title} och {second} i {second_title}.").format(
                    name=a.name,
                    first=with_unit(
                        a.value or 0.0,
                        across.measure.decimals,
                        unit_words(across.measure, translate),
                        language,
                    ),
                    first_title=across.measure.short_title,
                    second=with_unit(
                        b.value or 0.0, up.measure.decimals, unit_words(up.measure, translate), language
                    ),
                    second_title=up.measure.short_title,
                )
            )
    footnotes = _footnotes(pairs, across, up)
    return " ".join([*sentences, together(two, translate=translate, language=language), *footnotes.sentences])


def table(across: Comparison, up: Comparison, *, translate: Translate) -> pd.DataFrame:
    """Return one row per municipality: both values, what is missing, and how far it is comparable."""
    by_code = {member.code: member for member in up.members}
    first = f"{across.measure.short_title} ({across.year})"
    second = f"{up.measure.short_title} ({up.year})"
    rows = []
    for member in sorted(across.members, key=lambda member: (member.code != across.focus, member.name)):
        other = by_code.get(member.code)
        reasons = [
            f"{comparison.measure.short_title}: {status_words(member.status, translate)}"
            for comparison, member in ((across, member), (up, other))
            if member is not None and member.status is not Status.OK
        ]
        reasons += [
            f"{comparison.measure.short_title}: {comparability_words(member, translate)}"
            for comparison, member in ((across, member), (up, other))
            if member is not None and comparability_words(member, translate)
        ]
        reasons += [
            f"{comparison.measure.short_title}: {member.explanation}"
            for comparison, member in ((across, member), (up, other))
            if member is not None and member.explanation
        ]
        rows.append(
            {
                translate("Kod"): member.code,
                translate("Kommun"): member.name,
                first: member.value,
                second: other.value if other else None,
                translate("Anmärkning"): ", ".join(reasons),
            }
        )
    return pd.DataFrame(rows)
