"""Members by measures: a sign and a word in each cell, with time and person as its title; the same as a list and as files."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd
import streamlit as st

from app_pages.deliveries.choose import Choice
from app_pages.parts import downloads
from app_pages.parts.downloads import Export
from app_pages.parts.history_link import history_address
from app_pages.parts.period_words import period_name
from app_pages.parts.templates import show_template
from app_pages.parts.words import Translate, _, translator
from domain.delivery import DeliveryState
from domain.message import to_translate
from domain.value import NoValueReason
from language.enum_words import DELIVERY_STATE_NAMES
from pipelines.uploads.deliveries import (
    DELIVERED,
    Deliveries,
    Delivery,
)

SIGNS: Final = {
    DeliveryState.PUBLISHED: "✓",
    DeliveryState.REASON: "–",
    DeliveryState.AWAITING_SIGN_OFF: "◑",
    DeliveryState.AWAITING_DATE: "◷",
    DeliveryState.DRAFT: "✎",
    DeliveryState.NOT_DELIVERED: "○",
}  # always beside the word
REASON_WORDS: Final = {
    NoValueReason.MISSING: to_translate("bortfall"),
    NoValueReason.NOT_APPLICABLE: to_translate("ej tillämplig"),
    NoValueReason.SUPPRESSED: to_translate("sekretess"),
}  # “saknas” would sound as if nothing had been delivered
_LEAST_FIRST: Final = tuple(reversed(DeliveryState))


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """What a member has delivered of one measure; `details` has a line per period."""

    sign: str
    text: str
    details: str
    kind: Literal["delivered", "left"]


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One delivery; `href` leads to its history and is empty for what is not delivered."""

    member: str
    measure: str
    href: str
    period: str
    sign: str
    state: str
    when: str
    by: str


def show(choice: Choice, deliveries: Deliveries) -> None:
    """Show the matrix, with one column per measure, the files to download, and every delivery in a list."""
    names = _measure_names(deliveries)
    show_template(
        "deliveries/matrix.html",
        caption=_("Vad medlemmarna har levererat för {period}.").format(
            period=period_name(deliveries.period)
        ),
        columns=(_("Medlem"), *names.values()),
        rows=[(name, _matrix_cells(deliveries.of(code), names)) for code, name in deliveries.members],
    )
    with st.container(horizontal=True, key="deliveries-files"):
        downloads.menu(
            lambda: _export(choice, deliveries),
            key="deliveries",
            file_name=f"{_('rapporteringslage')}-{deliveries.network.id}-{deliveries.period}",
        )
    show_template(
        "deliveries/delivery_list.html",
        columns=(_("Medlem"), _("Mått"), _("Period"), _("Läge"), _("När"), _("Av")),
        rows=[_delivery_row(delivery) for delivery in deliveries.deliveries],
    )


def _measure_names(deliveries: Deliveries) -> dict[str, str]:
    """Return measures by id; one that is reported by month or term has one column for all of its parts."""
    return {measure_id: name for measure_id, name, _period in deliveries.measures}


def _matrix_cells(of_member: Sequence[Delivery], measure_ids: Iterable[str]) -> list[MatrixCell]:
    return [
        _matrix_cell([delivery for delivery in of_member if delivery.measure_id == measure_id])
        for measure_id in measure_ids
    ]


def _matrix_cell(parts: Sequence[Delivery]) -> MatrixCell:
    return MatrixCell(
        sign=SIGNS[_summary_state(parts)],
        text=_parts_text(parts, translator()),
        details="\n".join(_delivery_details(delivery, with_period=len(parts) > 1) for delivery in parts),
        kind="delivered" if all(delivery.state in DELIVERED for delivery in parts) else "left",
    )


def _summary_state(parts: Sequence[Delivery]) -> DeliveryState:
    """Return the state that is furthest from published."""
    return min((delivery.state for delivery in parts), key=_LEAST_FIRST.index)


def _parts_text(parts: Sequence[Delivery], translate: Translate) -> str:
    """The state of a single delivery in words, or the counts of several."""
    return state_words(parts[0], translate) if len(parts) == 1 else _counts_text(parts, translate)


def state_words(delivery: Delivery, translate: Translate) -> str:
    """“publicerat”, “bortfall”, “inte levererat”."""
    if delivery.state is DeliveryState.REASON and delivery.reason is not None:
        return translate(REASON_WORDS[delivery.reason])
    return translate(DELIVERY_STATE_NAMES[delivery.state])


def _counts_text(parts: Sequence[Delivery], translate: Translate) -> str:
    """“10 av 12 publicerade, 2 i utkast”."""
    delivered = sum(delivery.state in DELIVERED for delivery in parts)
    texts = [translate("{done} av {all} publicerade").format(done=delivered, all=len(parts))]
    others = Counter(delivery.state for delivery in parts if delivery.state not in DELIVERED)
    texts += [
        f"{others[state]} {translate(DELIVERY_STATE_NAMES[state])}"
        for state in SIGNS
        if others[state] and state is not DeliveryState.NOT_DELIVERED
    ]
    return ", ".join(texts)


def _delivery_details(delivery: Delivery, *, with_period: bool) -> str:
    """“mars 2024: publicerat, 2026-11-21 14:05, Controller, Haninge”."""
    facts = (state_words(delivery, translator()), _moment(delivery), _(delivery.by))
    text = ", ".join(fact for fact in facts if fact)
    return f"{period_name(delivery.period)}: {text}" if with_period else text


def _moment(delivery: Delivery) -> str:
    return f"{delivery.at.astimezone():%Y-%m-%d %H:%M}" if delivery.at else ""


def _delivery_row(delivery: Delivery) -> DeliveryRow:
    href = ""
    if delivery.state in DELIVERED:
        href = history_address(delivery.measure_id, delivery.municipality_code, delivery.period)
    return DeliveryRow(
        member=delivery.municipality_name,
        measure=delivery.measure_name,
        href=href,
        period=period_name(delivery.period),
        sign=SIGNS[delivery.state],
        state=state_words(delivery, translator()),
        when=_moment(delivery),
        by=_(delivery.by),
    )


def _export(choice: Choice, deliveries: Deliveries) -> Export:
    translate = translator()
    names = _measure_names(deliveries)
    shown = [
        {
            _("Medlem"): name,
            **{
                label: _parts_text(parts, translate)
                for measure_id, label in names.items()
                if (parts := [part for part in deliveries.of(code) if part.measure_id == measure_id])
            },
        }
        for code, name in deliveries.members
    ]
    full = [
        {
            _("Kod"): delivery.municipality_code,
            _("Medlem"): delivery.municipality_name,
            _("Beteckning"): delivery.measure_id,
            _("Mått"): delivery.measure_name,
            _("Period"): delivery.period,
            _("Läge"): translate(DELIVERY_STATE_NAMES[delivery.state]),
            _("Orsak"): translate(REASON_WORDS[delivery.reason]) if delivery.reason else "",
            _("När"): _moment(delivery),
            _("Av"): translate(delivery.by),
        }
        for delivery in deliveries.deliveries
    ]
    title = _("Rapporteringsläge för {network}").format(network=deliveries.network.name)
    source = _("Källa: kommunernas egna uppgifter, rapporterade i {network}").format(
        network=deliveries.network.name
    )
    release = choice.view.releases[-1]
    return Export(
        file_name=title,
        title=title,
        shown=pd.DataFrame(shown),
        full=pd.DataFrame(full),
        about=downloads.about(
            title=title,
            subtitle=period_name(deliveries.period),
            release=release,
            source=source,
            method=(),
            translate=translate,
        ),
        is_made_up=release.is_made_up,
        decimals=0,
    )
