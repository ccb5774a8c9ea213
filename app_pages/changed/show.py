"""Show changes: the counts in words, a table by measure, the values, and one comparison then and now."""

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from app_pages.changed import choose, load
from app_pages.changed.choose import Choice
from app_pages.parts import frame
from app_pages.parts.blocks import show_chart_heading, show_figures, show_notes, show_text
from app_pages.parts.charts import on_page
from app_pages.parts.charts.chart import table_of
from app_pages.parts.charts.wording import place_words, status_words, value_words
from app_pages.parts.choices import group_name
from app_pages.parts.error_advice import explain
from app_pages.parts.revised import KIND, counts_sentence, notes_sentence, revised_table, two_moments
from app_pages.parts.templates import show_template
from app_pages.parts.words import Translate, _, language, ngettext, translator
from domain.comparison import Comparison, Member
from domain.errors.user_error import UserError
from domain.revision import Revision, RevisionKind, RevisionReport
from language.numbers import day, number

MOST_ROWS: Final = 200  # longer lists are taken along, not read on a screen


def show_head(choice: Choice) -> None:
    view = choice.view
    title = _("Vad som har ändrats: {place} bland {group}").format(
        place=view.municipality.name, group=group_name(view.group)
    )
    since, known = _("ett enda uttag finns"), day(view.release.known_at)
    if choice.since:
        earlier, known = two_moments(choice.since, view.release)
        since = _("sedan {day}").format(day=earlier)
    when = _("läget så som det var känt {day}").format(day=known)
    frame.show_head(title, f"{since} · {when}", view)


def nothing_earlier() -> None:
    """Show why there is nothing to see, and when there will be."""
    frame.show_box(
        _("Det finns bara ett uttag"),
        [
            _("Förändringar syns när värdena har hämtats minst två gånger."),
            _("Hämta nya värden på sidan Om data när Kolada har publicerat nytt."),
        ],
    )


def show_parts(choice: Choice) -> None:
    """Show what the release revised, and one comparison then and now; only what is open is loaded."""
    names = [_("Ändrade värden"), _("Då och nu")]
    revised, both = st.tabs(names, key="del", bind="query-params")
    if revised.open:
        with revised:
            _revised(choice)
    if both.open:
        with both:
            _then_and_now(choice)


def _revised(choice: Choice) -> None:
    with st.spinner(_("Jämför uttagen …")):
        report = load.load_report(choice)
    show_text(counts_sentence(report, translator(), language()), "lead")
    if not report.measures:
        return
    _by_measure(choice, report)
    show_chart_heading(_("De största ändringarna"))
    with st.container(horizontal=True, key="list-choices", gap="small"):
        choose.list_controls(choice, report.measures)
    report = load.load_listed(choice)
    if report.notes:
        show_text(notes_sentence(report, translator()), "chart-notes")
    _list(choice, report)


def _by_measure(choice: Choice, report: RevisionReport) -> None:
    """Show one row per measure with the number of values of each kind; the names link to the measures."""
    kinds = [
        RevisionKind.CHANGED,
        RevisionKind.WITHDRAWN,
        RevisionKind.REDEFINED,
        RevisionKind.ROUNDED,
        RevisionKind.NEW,
    ]
    show_template(
        "changed/by_measure.html",
        kinds=[KIND[kind] for kind in kinds],
        rows=[
            (measure.measure, [getattr(measure, kind.value) for kind in kinds]) for measure in report.measures
        ],
    )
    table = table_of(
        [
            {
                _("Mått"): measure.measure.short_title,
                _("Beteckning"): measure.measure.id,
                **{_(KIND[kind]): getattr(measure, kind.value) for kind in kinds},
            }
            for measure in report.measures
        ]
    )
    _along(choice, table, lambda: table, title=_("Ändrade värden efter mått"), key="by-measure")


def _list(choice: Choice, report: RevisionReport) -> None:
    """Show the changed values, the largest relative change first."""
    codes = set(choice.view.group.codes)
    revisions = [
        revision
        for revision in report.revisions
        if (choice.is_among_all or revision.place_code in codes)
        and (choice.kind is None or revision.kind is choice.kind)
    ]
    if not revisions:
        frame.show_box(
            _("Inga sådana ändringar"),
            [
                _("Bland {group} finns inga ändringar av det slaget.").format(
                    group=_("alla kommuner") if choice.is_among_all else group_name(choice.view.group)
                ),
                _("Välj ett annat slag, ett mått eller alla kommuner."),
            ],
        )
        return
    translate, spoken = translator(), language()
    shown = _table(choice, revisions[:MOST_ROWS], translate, spoken)
    caption = ngettext("{count} värde.", "{count} värden.", len(revisions)).format(
        count=number(len(revisions), 0)
    )
    if len(revisions) > MOST_ROWS:
        caption += " " + _("De {count} största ändringarna visas; alla följer med när du laddar ner.").format(
            count=MOST_ROWS
        )
    markup = on_page.table(shown, caption=caption, decimals=1, mine=choice.view.municipality.name)
    show_figures(markup, caption)
    _along(
        choice,
        shown,
        lambda: _table(choice, revisions, translate, spoken),
        title=_("Ändrade värden"),
        key="revised",
    )


def _table(choice: Choice, revisions: list[Revision], translate: Translate, spoken: str) -> pd.DataFrame:
    return revised_table(revisions, choice.view.library, translate, spoken, has_measure=True)


def _along(
    choice: Choice, shown: pd.DataFrame, full: Callable[[], pd.DataFrame], *, title: str, key: str
) -> None:
    since = two_moments(choice.since, choice.view.release)[0] if choice.since else ""
    on_page.table_along(
        shown,
        full,
        title=title,
        subtitle=_("Sedan {day}").format(day=since),
        release=choice.view.release,
        method=(),
        decimals=1,
        key=key,
        file_name=f"forandrat-{key}",
    )


def _then_and_now(choice: Choice) -> None:
    """Show the same comparison as known then and as known now."""
    with st.container(horizontal=True, key="then-choices", gap="small"):
        choose.measure_control(choice)
    then, now = load.load_then_and_now(choice)
    if isinstance(now, UserError):
        frame.show_box(_("Måttet går inte att jämföra i dag"), [explain(now)])
        return
    _describe_then_and_now(choice, then, now)
    table = _both(then, now)
    caption = _("{measure} {year}, så som det var känt {then} och {now}.").format(
        measure=then.measure.short_title,
        year=then.year,
        then=two_moments(then.release, now.release)[0],
        now=two_moments(then.release, now.release)[1],
    )
    markup = on_page.table(
        table, caption=caption, decimals=then.measure.decimals, mine=choice.view.municipality.name
    )
    show_figures(markup, caption)
    _along(choice, table, lambda: table, title=caption, key="then-and-now")


def _describe_then_and_now(choice: Choice, then: Comparison, now: Comparison) -> None:
    """Show the focus municipality's value then and now, and how many other members' values differ."""
    code = choice.view.municipality.code
    sentences = []
    if code in then.group.codes:
        values = []
        for comparison in (then, now):
            member = comparison.member(code)
            value = value_words(member.value, member.status, comparison.measure, translator(), language())
            place = place_words(member, comparison.n_with_value, translator(), language())
            values.append(f"{value}, {place}" if place else value)
        sentences.append(
            _("{place} {year}: {then} så som det var känt {then_day}, {now} så som det är känt nu.").format(
                place=choice.view.municipality.name,
                year=then.year,
                then=values[0],
                then_day=two_moments(then.release, now.release)[0],
                now=values[1],
            )
        )
    differ = sum(
        1
        for before, after in zip(then.members, now.members, strict=True)
        if _seen(before, then) != _seen(after, now)
    )
    sentences.append(
        ngettext(
            "{count} av {all} kommuner har fått ett annat värde.",
            "{count} av {all} kommuner har fått ett annat värde.",
            differ,
        ).format(count=differ, all=len(then.members))
    )
    show_text(" ".join(sentences), "lead")
    show_notes(now.notes)


def _seen(member: Member, comparison: Comparison) -> str:
    """Return the value as it is displayed, so that a difference in the source's rounding does not count."""
    return value_words(member.value, member.status, comparison.measure, translator(), language())


def _both(then: Comparison, now: Comparison) -> pd.DataFrame:
    """Return one row per member: value and rank then and now, with the mean last."""
    then_day, now_day = two_moments(then.release, now.release)
    rows: list[dict[str, object]] = []
    for before, after in zip(then.members, now.members, strict=True):
        difference = None if before.value is None or after.value is None else after.value - before.value
        rows.append(
            {
                _("Kommun"): before.name,
                _("Värde, {day}").format(day=then_day): before.value,
                _("Värde, {day}").format(day=now_day): after.value,
                _("Skillnad"): difference,
                _("Plats, {day}").format(day=then_day): before.rank,
                _("Plats, {day}").format(day=now_day): after.rank,
                _("Anmärkning"): "; ".join(
                    f"{when}: {words}"
                    for when, member in ((then_day, before), (now_day, after))
                    for words in (status_words(member.status, translator()), member.explanation)
                    if words
                ),
            }
        )
    rows.append(
        {
            _("Kommun"): _("Ovägt medel"),
            _("Värde, {day}").format(day=then_day): then.mean,
            _("Värde, {day}").format(day=now_day): now.mean,
            _("Skillnad"): None if then.mean is None or now.mean is None else now.mean - then.mean,
            _("Anmärkning"): "",
        }
    )
    places = [_("Plats, {day}").format(day=shown_day) for shown_day in (then_day, now_day)]
    return table_of(rows, whole=places)


def show_foot(choice: Choice) -> None:
    frame.show_foot(on_page.source_words(choice.view.release.source, translator()), has_colour=False)
