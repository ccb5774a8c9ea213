"""Women and men: two marks and the distance between them, one row per member."""

from typing import Final

import pandas as pd

from app_pages.parts.charts.chart import Chart, Translate
from app_pages.parts.charts.footnotes import Footnotes, footnotes_of, hover_lines
from app_pages.parts.charts.look import plain_figure, value_axis
from app_pages.parts.charts.wording import (
    comparability_words,
    difference_words,
    flagged_name,
    plain_number,
    status_words,
    unit_words,
    value_words,
)
from app_pages.parts.theme import INK, MEN, OTHERS, QUIET, WOMEN
from domain.comparison import Comparison, Member
from domain.value import Gender, Status
from domain.women_and_men import WomenAndMen
from language.numbers import number, with_unit
from language.rendering import render

MOST_ROWS: Final = 45
ROW_HEIGHT: Final = 30


def women_men(both_sexes: WomenAndMen, *, translate: Translate, language: str) -> Chart:
    """The same measure, year and group for women and for men; largest difference first, mine on top.

    Where one of them is held back, the row says so and nothing is drawn that it could be reckoned from.
    """
    women, men = both_sexes.women, both_sexes.men
    measure = women.measure
    pairs = _in_order(women, men)
    drawn = pairs[:MOST_ROWS]
    footnotes = _footnotes(drawn, women.year, translate)
    figure = plain_figure(height=ROW_HEIGHT * len(drawn) + 74, language=language, margin_top=32)
    both = [
        (position, w, m)
        for position, (w, m) in enumerate(drawn)
        if w.value is not None and m.value is not None
    ]
    for position, woman, man in both:
        figure.add_shape(
            type="line",
            x0=woman.value,
            x1=man.value,
            y0=position,
            y1=position,
            line={"color": OTHERS, "width": 3},
            layer="below",
        )
    for side, gender, colour, symbol in ((0, Gender.WOMEN, WOMEN, "circle"), (1, Gender.MEN, MEN, "diamond")):
        shown = [
            (position, pair[side]) for position, pair in enumerate(drawn) if pair[side].value is not None
        ]
        figure.add_scatter(
            x=[member.value for _, member in shown],
            y=[position for position, _ in shown],
            mode="markers",
            marker={"color": colour, "symbol": symbol, "size": 12, "line": {"color": "white", "width": 1}},
            customdata=[
                f"<b>{member.name}</b>, {translate('kvinnor') if gender is Gender.WOMEN else translate('män')}<br>"
                f"{value_words(member.value, member.status, measure, translate, language)}"
                + (f"<br>{hover_lines(member.explanation)}" if member.explanation else "")
                for _, member in shown
            ],
            hovertemplate="%{customdata}<extra></extra>",
            cliponaxis=False,
        )
        for position, member in shown:
            if (footnote := footnotes.by_key.get((member.code, gender))) is not None:
                figure.add_annotation(
                    x=member.value,
                    y=position,
                    yanchor="top",  # below the mark: above the first row stand the words of the legend
                    yshift=-4,
                    text=footnote.letter,
                    showarrow=False,
                    font={"size": 12, "color": colour},
                    **footnotes.opening((member.code, gender)),
                )
    for position, (woman, man) in enumerate(drawn):
        reasons = [
            f"{word}: {status_words(member.status, translate)}{footnotes.raised((member.code, gender))}"
            for word, member, gender in (
                (translate("kvinnor"), woman, Gender.WOMEN),
                (translate("män"), man, Gender.MEN),
            )
            if member.value is None
        ]
        if reasons:
            figure.add_annotation(
                x=0.02,
                xref="paper",
                y=position,
                text="– " + ", ".join(reasons),
                showarrow=False,
                xanchor="left",
                font={"size": 12, "color": QUIET},
                bgcolor="rgba(255,255,255,0.85)",
            )
    if both:
        # The legend is the first whole row: the words stand above its marks, the lower value's to the left.
        position, woman, man = both[0]
        is_woman_left = (woman.value or 0.0) <= (man.value or 0.0)
        for member, word, colour, is_left in (
            (woman, "● " + translate("kvinnor"), WOMEN, is_woman_left),
            (man, "◆ " + translate("män"), MEN, not is_woman_left),
        ):
            figure.add_annotation(
                x=member.value,
                y=-0.5,
                yanchor="bottom",
                xanchor="right" if is_left else "left",
                xshift=6 if is_left else -6,
                text=f"<b>{word}</b>",
                showarrow=False,
                font={"size": 13, "color": colour},
            )
            figure.add_annotation(
                x=member.value,
                y=position,
                xanchor="right" if is_left else "left",
                xshift=-10 if is_left else 10,
                text=number(member.value or 0.0, measure.decimals, language),
                showarrow=False,
                font={"size": 12, "color": INK},
            )
    values = [member.value for pair in drawn for member in pair if member.value is not None] or [0.0, 1.0]
    span = (max(values) - min(values)) or abs(max(values)) or 1.0
    figure.update_xaxes(
        **value_axis(measure.decimals, is_zero_marked=False),
        range=[min(values) - span * 0.16, max(values) + span * 0.16],
    )
    figure.update_yaxes(
        tickmode="array",
        tickvals=list(range(len(drawn))),
        ticktext=[
            f"<b>{flagged_name(w.name, w)}</b>" if w.code == women.focus else flagged_name(w.name, w)
            for w, _ in drawn
        ],
        tickfont={"size": 13},
        range=[len(drawn) - 0.4, -0.75],
        showgrid=False,
        zeroline=False,
        automargin=True,
        fixedrange=True,
        ticks="outside",
        ticklen=6,
        tickcolor="white",
    )
    notes = [translate("Axeln börjar inte vid noll.")] if min(values) - span * 0.16 > 0 else []
    if len(pairs) > MOST_ROWS:
        notes.append(
            translate("De {count} största skillnaderna visas; alla finns i tabellen.").format(count=MOST_ROWS)
        )
    notes += footnotes.lines
    return Chart(
        name="kvinnor-man",
        title=measure.short_title,
        subtitle=" · ".join(
            [
                unit_words(measure, translate),
                translate("kvinnor och män"),
                str(women.year),
                render(women.group.name, translate),
            ]
        ),
        figure=figure.figure(),
        text_alternative=describe(pairs, women, translate=translate, language=language),
        table=table(pairs, translate=translate),
        full_table=table(pairs, translate=translate),
        notes=tuple(notes),
    )


def _footnotes(pairs: list[tuple[Member, Member]], year: int, translate: Translate) -> Footnotes:
    """Return the explained values, row by row, women before men."""
    words = {Gender.WOMEN: translate("kvinnor"), Gender.MEN: translate("män")}
    return footnotes_of(
        ((member.code, gender), f"{member.name} {year}, {word}", member.explanation)
        for pair in pairs
        for member, (gender, word) in zip(pair, words.items(), strict=True)
    )


def _explained(woman: Member, man: Member, translate: Translate) -> str:
    return "; ".join(
        f"{word}: {member.explanation}"
        for word, member in ((translate("kvinnor"), woman), (translate("män"), man))
        if member.explanation
    )


def _gap(woman: Member, man: Member) -> float | None:
    return None if woman.value is None or man.value is None else woman.value - man.value


def _in_order(women: Comparison, men: Comparison) -> list[tuple[Member, Member]]:
    """Return the focus first, then the largest difference first, those with a missing value last."""
    by_code = {member.code: member for member in men.members}
    pairs = [(woman, by_code[woman.code]) for woman in women.members if woman.code in by_code]
    return sorted(
        pairs,
        key=lambda pair: (
            pair[0].code != women.focus,
            _gap(*pair) is None,
            -abs(_gap(*pair) or 0.0),
            pair[0].name,
        ),
    )


def describe(
    pairs: list[tuple[Member, Member]], women: Comparison, *, translate: Translate, language: str
) -> str:
    """Describe the focus municipality's women, men and difference, and where the difference is largest."""
    measure = women.measure
    sentences = []
    for woman, man in pairs:
        gap = _gap(woman, man)
        if woman.code != women.focus:
            continue
        if gap is None:
            sentences.append(
                translate("{name}: kvinnor {women}, män {men}.").format(
                    name=woman.name,
                    women=value_words(woman.value, woman.status, measure, translate, language),
                    men=value_words(man.value, man.status, measure, translate, language),
                )
            )
        else:
            sentences.append(
                translate(
                    "I {name} är det {women} för kvinnor och {men} för män, en skillnad på {gap}."
                ).format(
                    name=woman.name,
                    women=plain_number(woman.value, measure, language),
                    men=plain_number(man.value, measure, language),
                    gap=with_unit(abs(gap), measure.decimals, difference_words(measure, translate), language),
                )
            )
    whole = [(abs(_gap(*pair) or 0.0), pair[0].name) for pair in pairs if _gap(*pair) is not None]
    if len(whole) > 1:
        largest, name = max(whole)
        sentences.append(
            translate("Störst skillnad har {name}: {gap}.").format(
                name=name,
                gap=with_unit(largest, measure.decimals, difference_words(measure, translate), language),
            )
        )
    without = len(pairs) - len(whole)
    if without:
        sentences.append(translate("För {count} går skillnaden inte att visa.").format(count=without))
    sentences += _footnotes(pairs, women.year, translate).sentences
    return " ".join(sentences)


def table(pairs: list[tuple[Member, Member]], *, translate: Translate) -> pd.DataFrame:
    """Return one row per member: women, men, the difference, what is missing, and how far they are comparable."""
    has_words = any(comparability_words(woman, translate) for woman, _ in pairs)
    has_explanations = any(member.explanation for pair in pairs for member in pair)
    return pd.DataFrame(
        [
            {
                translate("Kod"): woman.code,
                translate("Kommun"): woman.name,
                translate("Kvinnor"): woman.value,
                translate("Män"): man.value,
                translate("Skillnad, kvinnor minus män"): _gap(woman, man),
                translate("Anmärkning"): ", ".join(
                    f"{word}: {status_words(member.status, translate)}"
                    for word, member in ((translate("kvinnor"), woman), (translate("män"), man))
                    if member.status is not Status.OK
                ),
                **({translate("Jämförbarhet"): comparability_words(woman, translate)} if has_words else {}),
                **(
                    {translate("Förklaringar"): _explained(woman, man, translate)} if has_explanations else {}
                ),
            }
            for woman, man in pairs
        ]
    )
