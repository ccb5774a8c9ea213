"""How a network looks to its members: what is next, what is measured, who belongs to it, and what it is for."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from answers.comparison import source_lines
from answers.network_snapshot import SET_PREFIX
from app_pages.network import change, load
from app_pages.network import news as newness
from app_pages.network.choose import PART, Choice
from app_pages.network.member_map import member_map
from app_pages.parts import address, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts.wording import comparability_words, flagged, status_words, value_words
from app_pages.parts.error_advice import explain
from app_pages.parts.measure_words import comparison_link, life_link
from app_pages.parts.words import _, language, ngettext, translator
from domain.comparability import Comparability
from domain.errors import UserError
from domain.measure import MeasureKind
from domain.network_measure import MeasureState, NetworkMeasure
from domain.overview import Overview, OverviewRow
from domain.place import PlaceKind
from domain.rights import Action
from language.rendering import render
from language.sentences import COLOUR_WORDS, measure_facts, place_words

MOST_NEW = 6


def head(choice: Choice) -> None:
    """Who this is, and what, how long and how many."""
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
    frame.head(title, " · ".join(part for part in parts if part), choice.view)


def _members_counted(choice: Choice) -> str:
    count = len(choice.codes)
    if choice.network.kind is PlaceKind.REGION:
        return ngettext("{count} region", "{count} regioner", count).format(count=count)
    return ngettext("{count} kommun", "{count} kommuner", count).format(count=count)


def parts(choice: Choice) -> None:
    """How things stand, the members, what the network is; and changing it, for those who may."""
    names = [_("Läget"), _("Medlemmar"), _("Om nätverket")]
    draw = [_now, _members, _about]
    if choice.may_change:
        names.append(_("Ändra"))
        draw.append(change.forms_of)
    for tab, show in zip(st.tabs(names, key=PART, bind="query-params"), draw, strict=True):
        if tab.open:
            with tab:
                show(choice)


def foot(choice: Choice) -> None:
    library = choice.view.library
    shown = [
        one
        for found in library.catalogue.network_sets()
        if found.id == SET_PREFIX + choice.network.id
        for one in found.measure_ids
    ]
    source = "; ".join(render(one, _) for one in source_lines(library, map(library.catalogue.measure, shown)))
    frame.foot(f"{_('Värden')}: {source}. {_('Plats och medel: egen beräkning.')}", has_colour=False)


# ---- how things stand -------------------------------------------------------------------------------------------


def _now(choice: Choice) -> None:
    found = load.measures(choice)
    trouble: UserError | None = None
    overview: Overview | None = None
    try:
        overview = load.comparison(choice, found)
    except UserError as error:
        trouble = error
    _boxes(choice, found, overview)
    if trouble is not None:
        frame.box(_("Måtten går inte att jämföra"), [explain(trouble)])
    elif overview is None or not (overview.rows or overview.without_values):
        _no_measures(choice, found)
    else:
        _table(choice, found, overview)
    _news(choice, found)


def _boxes(choice: Choice, found: Sequence[NetworkMeasure], overview: Overview | None) -> None:
    boxes = [
        (_("Nästa möte"), _meeting(choice)),
        (_("Att ta ställning till"), _waiting(choice, found)),
        (_("Rapportering"), _reporting(overview) + _to_deliveries(choice)),
    ]
    st.html(
        f'<section class="sentences three" aria-label="{escape(_("Det viktigaste"))}">'
        + "".join(f"<div><h2>{escape(heading)}</h2>{text}</div>" for heading, text in boxes)
        + "</section>"
    )


def _meeting(choice: Choice) -> str:
    network = choice.network
    if network.next_meeting is None:
        told = _("Inget möte är inbokat.")
    elif network.next_meeting < person.today():
        told = _("Det senaste mötet var {day}. Inget nytt är inbokat.").format(day=network.next_meeting)
    else:
        days = (network.next_meeting - person.today()).days
        when = (
            _("i dag")
            if days == 0
            else ngettext("om {count} dag", "om {count} dagar", days).format(count=days)
        )
        told = f"{network.next_meeting}, {when}."
    contact = _("Kontakt: {contact}").format(contact=network.contact) if network.contact else ""
    return _paragraphs([told, contact])


def _waiting(choice: Choice, found: Sequence[NetworkMeasure]) -> str:
    if not choice.may_read:
        return _paragraphs([_("Förslag och diskussion syns för nätverkets medlemmar.")])
    waiting = load.waiting(choice, tuple(found))
    told = [
        (waiting.my_vote, _("Din kommun har inte röstat")),
        (waiting.discussion, _("Föreslagna")),
        (waiting.decision, _("Under diskussion")),
        (waiting.use, _("Beslutade, inte i bruk")),
        (waiting.retirement, _("Inte använda på ett år")),
    ]
    lines = [
        f"<p>{escape(heading)}: {', '.join(life_link(one) for one in measures)}.</p>"
        for measures, heading in told
        if measures
    ]
    return "".join(lines) or _paragraphs([_("Inget väntar på er just nu.")])


def _reporting(overview: Overview | None) -> str:
    if overview is None or not (overview.rows or overview.without_values):
        return _paragraphs([_("Inga mått är i bruk ännu.")])
    whole = [row for row in overview.rows if not _without(row)]
    total = len(overview.rows) + len(overview.without_values)
    lines = [
        ngettext(
            "Alla medlemmar har värden i {whole} av {count} mått.",
            "Alla medlemmar har värden i {whole} av {count} mått.",
            total,
        ).format(whole=len(whole), count=total)
    ]
    gaps: dict[str, int] = {}
    for row in overview.rows:
        for name in _without(row):
            gaps[name] = gaps.get(name, 0) + 1
    most = sorted(gaps.items(), key=lambda one: -one[1])[:3]
    if most:
        names = ", ".join(f"{name} ({count})" for name, count in most)
        lines.append(_("Flest värden saknas för {names}.").format(names=names))
    return _paragraphs(lines)


def _to_deliveries(choice: Choice) -> str:
    """The way to who has delivered what, for those who may read it."""
    if not person.may_here(Action.READ_DELIVERIES, choice.network):
        return ""
    href = address.link(PageName.DELIVERIES, **{Name.NETWORK: choice.network.id})
    return f'<p><a data-page href="{escape(href)}">{escape(_("Rapporteringsläget"))}</a></p>'


def _without(row: OverviewRow) -> list[str]:
    return [one.name for one in row.comparison.members if one.value is None]


def _news(choice: Choice, found: Sequence[NetworkMeasure]) -> None:
    """What has happened lately; what is older folded away."""
    if choice.may_read:
        items = newness.from_log(load.news(choice), found, choice)
    else:
        items = newness.from_lives(found)
    told = "".join(f"<li>{_news_line(one)}</li>" for one in items[:MOST_NEW])
    rest = "".join(f"<li>{_news_line(one)}</li>" for one in items[MOST_NEW:])
    if rest:
        rest = f"<details><summary>{escape(_('Visa mer'))}</summary><ul>{rest}</ul></details>"
    nothing = "" if items else _paragraphs([_("Inget har hänt ännu.")])
    st.html(
        f'<section class="news"><h2>{escape(_("Nytt i nätverket"))}</h2>{nothing}<ul>{told}</ul>{rest}</section>'
    )


def _news_line(one: newness.News) -> str:
    who = f" <small>{escape(one.who)}</small>" if one.who else ""
    return f"<small>{one.at.astimezone():%Y-%m-%d}</small> {one.html}{who}"


def _paragraphs(lines: Sequence[str]) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def _no_measures(choice: Choice, found: Sequence[NetworkMeasure]) -> None:
    sentences = [_("Nätverket har inga mått i bruk ännu, så det finns inget att jämföra.")]
    if found:
        sentences.append(_("Det finns mått på väg: se var de står och vad som är nästa steg."))
    else:
        sentences.append(
            _("Börja med att föreslå ett nyckeltal eller ta över ett mått från ett annat nätverk.")
        )
    frame.box(_("Inga mått i bruk"), sentences)
    _way_on(PageName.NETWORK_MEASURES, _("Till måtten i nätverket"))


def _table(choice: Choice, found: Sequence[NetworkMeasure], overview: Overview) -> None:
    """One row a measure in use: mine, my place, the mean, and who has reported."""
    mine = [_("Vårt värde"), _("Vår plats")] if choice.is_mine else []
    heads = [_("Mått"), *mine, _("Medel"), _("Rapporterat"), _("Jämförbarhet och förklaringar")]
    by_id = {one.id: one for one in found}
    rows = "".join(_row(choice, row, by_id[row.comparison.measure.id], heads) for row in overview.rows)
    rows += "".join(_empty_row(by_id[one], len(heads)) for one in overview.without_values)
    caption = _("Mått i bruk i {network}, vart och ett i sitt senaste år.").format(
        network=choice.network.name
    )
    header = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    st.html(
        f'<table class="plain-table catalogue in-use"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    )
    whole = address.link(
        PageName.OVERVIEW,
        **{
            Name.MEASURE_SET: SET_PREFIX + choice.network.id,
            Name.GROUP: f"network:{choice.network.id}" if choice.is_mine else None,
        },
    )
    links = [
        (whole, _("Hela jämförelsen i Översikt")),
        (_measures_page(choice), _("Måtten från förslag till avveckling")),
    ]
    st.html(
        '<p class="ways-on">'
        + " · ".join(f'<a data-page href="{escape(href)}">{escape(text)}</a>' for href, text in links)
        + "</p>"
    )
    kinds = {one.definition.kind for one in found if one.state is MeasureState.IN_USE}
    quality = {MeasureKind.QUALITY, MeasureKind.SATISFACTION}
    if MeasureKind.COST in kinds and not kinds & quality:
        st.html(
            f'<p class="chart-notes">{escape(_("Nätverket mäter kostnad men ingen kvalitet. Läs dem helst sida vid sida."))}</p>'
        )


def _row(choice: Choice, row: OverviewRow, measure: NetworkMeasure, heads: Sequence[str]) -> str:
    comparison, focus = row.comparison, row.focus
    name = (
        f'<a data-page href="{escape(comparison_link(measure))}">{escape(comparison.measure.short_title)}</a>'
        f"<br><small>{escape(measure_facts(comparison, translator()))}</small>"
    )
    cells: list[str] = []
    if choice.is_mine:
        value = value_words(focus.value, focus.status, comparison.measure, translator(), language())
        place = place_words(focus, comparison.n_with_value, translator(), language())
        colour = COLOUR_WORDS.get(focus.colour) if place else None
        cells += [
            escape(value),
            escape(place) + (f"<br><small>{escape(_(colour))}</small>" if colour else ""),
        ]
    mean = value_words(comparison.mean, focus.status, comparison.measure, translator(), language())
    cells.append(escape(mean) if comparison.mean is not None else "–")
    having = sum(1 for one in comparison.members if one.value is not None)
    missing = "; ".join(
        f"{one.name}: {status_words(one.status, translator())}"
        for one in comparison.members
        if one.value is None
    )
    reported = _("{count} av {all}").format(count=having, all=len(comparison.members))
    cells.append(escape(reported) + (f"<br><small>{escape(missing)}</small>" if missing else ""))
    flags = [one for one in comparison.members if one.comparability is not Comparability.COMPARABLE]
    told = "<br>".join(
        f"<small>{escape(flagged(one.name, one))}: {escape(comparability_words(one, translator()))}</small>"
        for one in flags
    )
    explained = "<br>".join(
        f"<small>{escape(one.name)}: {escape(one.explanation)}</small>"
        for one in comparison.members
        if one.explanation
    )
    cells.append("<br>".join(filter(None, [told or escape(_("inga förbehåll")), explained])))
    labelled = zip(heads[1:], cells, strict=True)
    return (
        f'<tr><th scope="row">{name}</th>'
        + "".join(f'<td data-label="{escape(head)}">{one}</td>' for head, one in labelled)
        + "</tr>"
    )


def _empty_row(measure: NetworkMeasure, columns: int) -> str:
    told = _("Ingen medlem har värden ännu.")
    return (
        f'<tr><th scope="row">{life_link(measure)}</th><td colspan="{columns - 1}">{escape(told)}</td></tr>'
    )


# ---- the members ------------------------------------------------------------------------------------------------


def _members(choice: Choice) -> None:
    """The map, then everybody who is or has been in it, from when to when."""
    names = ", ".join(choice.name(code) for code in choice.codes)
    text = _("Karta över landets kommuner med medlemmarna ifyllda: {names}.").format(names=names)
    picture = ""
    if choice.network.kind is PlaceKind.MUNICIPALITY:
        picture = member_map(
            choice.view.library.places.tile_positions(), choice.codes, choice.view.municipality.code, text
        )
    day = person.today()
    stays = sorted(choice.network.memberships, key=lambda one: (not one.covers(day), one.from_day))
    rows = "".join(
        f'<tr{_mine(choice, one.code)}><th scope="row">{escape(choice.name(one.code))}</th>'
        f"<td>{one.from_day}</td><td>{one.to_day or '–'}</td><td>{escape(_standing(one.from_day > day, one.covers(day)))}</td></tr>"
        for one in stays
    )
    heads = "".join(
        f'<th scope="col">{escape(one)}</th>' for one in (_("Medlem"), _("Från"), _("Till"), _("Nu"))
    )
    caption = _(
        "Medlemmarna i {network}. Den som går med eller lämnar ändrar jämförelser från den dagen, aldrig äldre."
    ).format(network=choice.network.name)
    st.html(
        f'<div class="figures beside">{picture}<table class="plain-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _mine(choice: Choice, code: str) -> str:
    return ' class="mine"' if code == choice.view.municipality.code else ""


def _standing(is_coming: bool, is_member: bool) -> str:
    if is_coming:
        return _("kommer")
    return _("medlem") if is_member else _("har lämnat")


# ---- what it is ---------------------------------------------------------------------------------------------------


def _about(choice: Choice) -> None:
    network = choice.network
    facts = [
        (_("Syfte"), network.aim),
        (_("Verksamhetsområde"), network.area_of_work),
        (_("Period"), _period(choice)),
        (_("Kontakt"), network.contact),
        (_("Nästa möte"), str(network.next_meeting or "")),
        (_("Under bildande till"), str(network.forming_until or "")),
        (_("Övertaget från Koladas grupp"), network.kolada_group or ""),
        (
            _("Publicering"),
            _("en andra person godkänner det som medlemmarna publicerar") if network.wants_sign_off else "",
        ),
    ]
    rows = "".join(
        f"<dt>{escape(name)}</dt><dd>{escape(text) or escape(_('ej angivet'))}</dd>"
        for name, text in facts
        if text or name in (_("Syfte"), _("Verksamhetsområde"), _("Period"), _("Kontakt"))
    )
    st.html(f'<dl class="facts">{rows}</dl>')


def _period(choice: Choice) -> str:
    start, end = choice.network.period_from, choice.network.period_to
    if start and end:
        return f"{start}–{end}"
    if start:
        return _("från {day}, tills vidare").format(day=start)
    return _("till {day}").format(day=end) if end else ""


def _measures_page(choice: Choice) -> str:
    return address.link(PageName.NETWORK_MEASURES, **{Name.NETWORK: choice.network.id})


def _way_on(page: PageName, text: str) -> None:
    st.html(f'<p class="ways-on"><a data-page href="{escape(address.link(page))}">{escape(text)}</a></p>')
