"""Show a network: what is next, what is measured, who belongs to it, and what it is for."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from answers.comparison import source_lines
from answers.network_snapshot import SET_PREFIX
from app_pages.network import change, load
from app_pages.network import news as network_news
from app_pages.network.choose import PART, Choice
from app_pages.network.member_map import member_map
from app_pages.parts import address, blocks, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts.wording import comparability_words, flagged_name, status_words, value_words
from app_pages.parts.error_advice import explain
from app_pages.parts.measure_words import comparison_link, life_link
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, language, ngettext, translator
from domain.comparability import Comparability
from domain.comparison import Comparison
from domain.errors.user_error import UserError
from domain.measure import MeasureKind
from domain.network_measure import MeasureState, NetworkMeasure
from domain.overview import Overview, OverviewRow
from domain.place import PlaceKind
from domain.rights import Action
from language.enum_words import COLOUR_WORDS
from language.rendering import render
from language.sentences import measure_facts, place_words

MOST_NEW = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in the table of measures: its text and the notes under it, one line each."""

    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in use: its comparison, what it is, and a cell for each column."""

    href: str
    name: str
    facts: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A place's time in the network; `standing` says whether it is, will be or has been a member."""

    name: str
    is_mine: bool
    from_day: date
    to_day: date | None
    standing: str


def show_head(choice: Choice) -> None:
    """Show the network's name, and its measures, age and number of members."""
    network = choice.network
    title = network.name
    if choice.is_mine:
        title = _("{place} i nätverket {network}").format(
            place=choice.view.municipality.name, network=network.name
        )
    parts = [_members_counted(choice), network.area_of_work]
    if network.period_from or network.period_to:
        parts.append(f"{network.period_from or ''}–{network.period_to or ''}")
    if network.is_forming_on(person.today()):
        parts.append(_("under bildande till {day}").format(day=network.forming_until))
    frame.show_head(title, " · ".join(part for part in parts if part), choice.view)


def _members_counted(choice: Choice) -> str:
    count = len(choice.codes)
    if choice.network.kind is PlaceKind.REGION:
        return ngettext("{count} region", "{count} regioner", count).format(count=count)
    return ngettext("{count} kommun", "{count} kommuner", count).format(count=count)


def show_parts(choice: Choice) -> None:
    """Show the current state, the members and the description; and the forms for changes, for those who may."""
    names = [_("Läget"), _("Medlemmar"), _("Om nätverket")]
    draw = [_show_now, _show_members, _show_about]
    if choice.may_change:
        names.append(_("Ändra"))
        draw.append(change.forms_of)
    for tab, show in zip(st.tabs(names, key=PART, bind="query-params"), draw, strict=True):
        if tab.open:
            with tab:
                show(choice)


def show_foot(choice: Choice) -> None:
    library = choice.view.library
    shown = [
        measure_id
        for measure_set in library.catalogue.network_sets()
        if measure_set.id == SET_PREFIX + choice.network.id
        for measure_id in measure_set.measure_ids
    ]
    lines = source_lines(library, map(library.catalogue.measure, shown))
    source = "; ".join(render(line, _) for line in lines)
    frame.show_foot(f"{_('Värden')}: {source}. {_('Plats och medel: egen beräkning.')}", has_colour=False)


# ---- how things stand -------------------------------------------------------------------------------------------


def _show_now(choice: Choice) -> None:
    measures = load.measures(choice)
    trouble: UserError | None = None
    overview: Overview | None = None
    try:
        overview = load.comparison(choice, measures)
    except UserError as error:
        trouble = error
    show_template(
        "network/most_important.html",
        meeting=_meeting_texts(choice),
        may_read=choice.may_read,
        waiting=_waiting_measures(choice, measures) if choice.may_read else [],
        reporting=_reporting_texts(overview),
        deliveries_href=_deliveries_href(choice),
    )
    if trouble is not None:
        frame.show_box(_("Måtten går inte att jämföra"), [explain(trouble)])
    elif overview is None or not (overview.rows or overview.without_values):
        _show_no_measures(measures)
    else:
        _show_measures(choice, measures, overview)
    _show_news(choice, measures)


def _meeting_texts(choice: Choice) -> list[str]:
    network = choice.network
    if network.next_meeting is None:
        text = _("Inget möte är inbokat.")
    elif network.next_meeting < person.today():
        text = _("Det senaste mötet var {day}. Inget nytt är inbokat.").format(day=network.next_meeting)
    else:
        days = (network.next_meeting - person.today()).days
        when = (
            _("i dag")
            if days == 0
            else ngettext("om {count} dag", "om {count} dagar", days).format(count=days)
        )
        text = f"{network.next_meeting}, {when}."
    return [text, _("Kontakt: {contact}").format(contact=network.contact)] if network.contact else [text]


def _waiting_measures(choice: Choice, measures: Sequence[NetworkMeasure]) -> list[tuple[str, list[Markup]]]:
    """Return what the measures wait for, with links to them."""
    waiting = load.waiting(choice, tuple(measures))
    kinds = [
        (_("Din kommun har inte röstat"), waiting.my_vote),
        (_("Föreslagna"), waiting.discussion),
        (_("Under diskussion"), waiting.decision),
        (_("Beslutade, inte i bruk"), waiting.use),
        (_("Inte använda på ett år"), waiting.retirement),
    ]
    return [(heading, list(map(life_link, of_kind))) for heading, of_kind in kinds if of_kind]


def _reporting_texts(overview: Overview | None) -> list[str]:
    if overview is None or not (overview.rows or overview.without_values):
        return [_("Inga mått är i bruk ännu.")]
    whole = [row for row in overview.rows if not _members_without_value(row)]
    total = len(overview.rows) + len(overview.without_values)
    texts = [
        ngettext(
            "Alla medlemmar har värden i {whole} av {count} mått.",
            "Alla medlemmar har värden i {whole} av {count} mått.",
            total,
        ).format(whole=len(whole), count=total)
    ]
    gaps = Counter(name for row in overview.rows for name in _members_without_value(row))
    if gaps:
        names = ", ".join(f"{name} ({count})" for name, count in gaps.most_common(3))
        texts.append(_("Flest värden saknas för {names}.").format(names=names))
    return texts


def _deliveries_href(choice: Choice) -> str:
    """Return the address of the deliveries, for those who may read them."""
    if not person.may_here(Action.READ_DELIVERIES, choice.network):
        return ""
    return address.link(PageName.DELIVERIES, **{Name.NETWORK: choice.network.id})


def _members_without_value(row: OverviewRow) -> list[str]:
    return [member.name for member in row.comparison.members if member.value is None]


def _show_news(choice: Choice, measures: Sequence[NetworkMeasure]) -> None:
    if choice.may_read:
        news = network_news.from_log(load.news(choice), measures, choice)
    else:
        news = network_news.from_lives(measures)
    show_template("network/news.html", latest=news[:MOST_NEW], older=news[MOST_NEW:])


def _show_no_measures(measures: Sequence[NetworkMeasure]) -> None:
    sentences = [_("Nätverket har inga mått i bruk ännu, så det finns inget att jämföra.")]
    if measures:
        sentences.append(_("Det finns mått på väg: se var de står och vad som är nästa steg."))
    else:
        sentences.append(
            _("Börja med att föreslå ett nyckeltal eller ta över ett mått från ett annat nätverk.")
        )
    frame.show_box(_("Inga mått i bruk"), sentences)
    blocks.show_links([(address.link(PageName.NETWORK_MEASURES), _("Till måtten i nätverket"))])


def _show_measures(choice: Choice, measures: Sequence[NetworkMeasure], overview: Overview) -> None:
    """Show a row for each measure in use, and links to the whole comparison and to the measures' lives."""
    mine = [_("Vårt värde"), _("Vår plats")] if choice.is_mine else []
    by_id = {measure.id: measure for measure in measures}
    show_template(
        "network/in_use.html",
        network=choice.network.name,
        columns=[_("Mått"), *mine, _("Medel"), _("Rapporterat"), _("Jämförbarhet och förklaringar")],
        rows=[_measure_row(choice, row, by_id[row.comparison.measure.id]) for row in overview.rows],
        without_values=[life_link(by_id[measure_id]) for measure_id in overview.without_values],
    )
    whole = address.link(
        PageName.OVERVIEW,
        **{
            Name.MEASURE_SET: SET_PREFIX + choice.network.id,
            Name.GROUP: f"network:{choice.network.id}" if choice.is_mine else None,
        },
    )
    lives = address.link(PageName.NETWORK_MEASURES, **{Name.NETWORK: choice.network.id})
    blocks.show_links(
        [
            (whole, _("Hela jämförelsen i Översikt")),
            (lives, _("Måtten från förslag till avveckling")),
        ]
    )
    kinds = {measure.definition.kind for measure in measures if measure.state is MeasureState.IN_USE}
    quality = {MeasureKind.QUALITY, MeasureKind.SATISFACTION}
    if MeasureKind.COST in kinds and not kinds & quality:
        blocks.show_text(
            _("Nätverket mäter kostnad men ingen kvalitet. Läs dem helst sida vid sida."), "chart-notes"
        )


def _measure_row(choice: Choice, row: OverviewRow, measure: NetworkMeasure) -> MeasureRow:
    comparison, focus = row.comparison, row.focus
    cells: list[Cell] = []
    if choice.is_mine:
        place = place_words(focus, comparison.n_with_value, translator(), language())
        colour = COLOUR_WORDS.get(focus.colour) if place else None
        cells += [
            Cell(value_words(focus.value, focus.status, comparison.measure, translator(), language())),
            Cell(place, (_(colour),) if colour else ()),
        ]
    mean = value_words(comparison.mean, focus.status, comparison.measure, translator(), language())
    cells += [
        Cell(mean if comparison.mean is not None else "–"),
        _reported_cell(comparison),
        _comparability_cell(comparison),
    ]
    return MeasureRow(
        href=comparison_link(measure),
        name=comparison.measure.short_title,
        facts=measure_facts(comparison, translator()),
        cells=tuple(cells),
    )


def _reported_cell(comparison: Comparison) -> Cell:
    """Return how many members have a value, and why the others have none."""
    missing = [
        f"{member.name}: {status_words(member.status, translator())}"
        for member in comparison.members
        if member.value is None
    ]
    count = len(comparison.members)
    text = _("{count} av {all}").format(count=count - len(missing), all=count)
    return Cell(text, ("; ".join(missing),) if missing else ())


def _comparability_cell(comparison: Comparison) -> Cell:
    """Return whose value is not comparable as it is, and the explanations that members have given."""
    flags = [
        f"{flagged_name(member.name, member)}: {comparability_words(member, translator())}"
        for member in comparison.members
        if member.comparability is not Comparability.COMPARABLE
    ]
    explanations = [
        f"{member.name}: {member.explanation}" for member in comparison.members if member.explanation
    ]
    return Cell("" if flags else _("inga förbehåll"), (*flags, *explanations))


# ---- the members ------------------------------------------------------------------------------------------------


def _show_members(choice: Choice) -> None:
    """Show the map, then everybody who is or has been in the network, from when to when."""
    names = ", ".join(choice.name(code) for code in choice.codes)
    text = _("Karta över landets kommuner med medlemmarna ifyllda: {names}.").format(names=names)
    picture = Markup()
    if choice.network.kind is PlaceKind.MUNICIPALITY:
        picture = member_map(
            choice.view.library.places.tile_positions(), choice.codes, choice.view.municipality.code, text
        )
    today = person.today()
    in_order = sorted(choice.network.memberships, key=lambda stay: (not stay.covers(today), stay.from_day))
    stays = [
        Stay(
            name=choice.name(stay.code),
            is_mine=stay.code == choice.view.municipality.code,
            from_day=stay.from_day,
            to_day=stay.to_day,
            standing=_standing(stay.from_day > today, stay.covers(today)),
        )
        for stay in in_order
    ]
    show_template("network/members.html", network=choice.network.name, picture=picture, stays=stays)


def _standing(is_coming: bool, is_member: bool) -> str:
    if is_coming:
        return _("kommer")
    return _("medlem") if is_member else _("har lämnat")


# ---- what it is ---------------------------------------------------------------------------------------------------


def _show_about(choice: Choice) -> None:
    network = choice.network
    not_given = _("ej angivet")
    blocks.show_facts(
        [
            (_("Syfte"), network.aim or not_given),
            (_("Verksamhetsområde"), network.area_of_work or not_given),
            (_("Period"), _period(choice) or not_given),
            (_("Kontakt"), network.contact or not_given),
            (_("Nästa möte"), str(network.next_meeting or "")),
            (_("Under bildande till"), str(network.forming_until or "")),
            (_("Övertaget från Koladas grupp"), network.kolada_group or ""),
            (
                _("Publicering"),
                _("en andra person godkänner det som medlemmarna publicerar")
                if network.wants_sign_off
                else "",
            ),
        ]
    )


def _period(choice: Choice) -> str:
    start, end = choice.network.period_from, choice.network.period_to
    if start and end:
        return f"{start}–{end}"
    if start:
        return _("från {day}, tills vidare").format(day=start)
    return _("till {day}").format(day=end) if end else ""
