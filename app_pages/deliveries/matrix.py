"""Members by measures: a sign and a word in each cell, when and by whom behind it; the same as a list and as files."""

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Final

import pandas as pd
import streamlit as st

from app_pages.deliveries.choose import Choice
from app_pages.parts import downloads
from app_pages.parts.downloads import Export
from app_pages.parts.history_link import history_address
from app_pages.parts.period_words import period_name
from app_pages.parts.words import Translate, _, translator
from domain.message import to_translate
from domain.value import Reason
from pipelines.uploads.deliveries import (
    DELIVERED,
    DELIVERY_STATE_NAMES,
    Deliveries,
    Delivery,
    DeliveryState,
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
    Reason.MISSING: to_translate("bortfall"),
    Reason.NOT_APPLICABLE: to_translate("ej tillämplig"),
    Reason.SUPPRESSED: to_translate("sekretess"),
}  # “saknas” would sound as if nothing had been delivered
_LEAST_FIRST: Final = tuple(reversed(DeliveryState))


def show(choice: Choice, found: Deliveries) -> None:
    """The matrix, a column a measure; then every delivery in a list, and the files."""
    columns = _columns(found)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in (_("Medlem"), *columns.values()))
    rows = "".join(_row(found, columns, code, name) for code, name in found.members)
    caption = _("Vad medlemmarna har levererat för {period}.").format(period=period_name(found.period))
    st.html(
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="plain-table findings deliveries"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    with st.container(horizontal=True, key="deliveries-files"):
        downloads.menu(
            lambda: _export(choice, found),
            key="deliveries",
            file_name=f"{_('rapporteringslage')}-{found.network.id}-{found.period}",
        )
    _list(found)


def _columns(found: Deliveries) -> dict[str, str]:
    """Measures by id; one that is reported by month or term has one column for all of its parts."""
    return {measure_id: name for measure_id, name, _period in found.measures}


def _row(found: Deliveries, columns: dict[str, str], code: str, name: str) -> str:
    of_member = found.of(code)
    cells = "".join(
        _cell([one for one in of_member if one.measure_id == measure_id], label)
        for measure_id, label in columns.items()
    )
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _cell(parts: Sequence[Delivery], label: str) -> str:
    state = _summary_state(parts)
    told = "\n".join(_told(one, with_period=len(parts) > 1) for one in parts)
    words = state_words(parts[0], translator()) if len(parts) == 1 else _counted(parts, translator())
    mark = "delivered" if all(one.state in DELIVERED for one in parts) else "left"
    return (
        f'<td data-label="{escape(label)}" class="{mark}" title="{escape(told)}">'
        f'<i aria-hidden="true">{SIGNS[state]}</i> {escape(words)}</td>'
    )


def _summary_state(parts: Sequence[Delivery]) -> DeliveryState:
    """What is furthest from published."""
    return min((one.state for one in parts), key=_LEAST_FIRST.index)


def state_words(delivery: Delivery, translate: Translate) -> str:
    """“publicerat”, “bortfall”, “inte levererat”."""
    if delivery.state is DeliveryState.REASON and delivery.reason is not None:
        return _reason(delivery.reason, translate)
    return translate(DELIVERY_STATE_NAMES[delivery.state])


def _reason(reason: Reason, translate: Translate) -> str:
    return translate(REASON_WORDS[reason])


def _counted(parts: Sequence[Delivery], translate: Translate) -> str:
    """“10 av 12 publicerade, 2 i utkast”."""
    done = sum(one.state in DELIVERED for one in parts)
    told = [translate("{done} av {all} publicerade").format(done=done, all=len(parts))]
    others = Counter(one.state for one in parts if one.state not in DELIVERED)
    told += [
        f"{others[state]} {translate(DELIVERY_STATE_NAMES[state])}"
        for state in SIGNS
        if others[state] and state is not DeliveryState.NOT_DELIVERED
    ]
    return ", ".join(told)


def _told(one: Delivery, *, with_period: bool) -> str:
    """“mars 2024: publicerat, 2026-11-21 14:05, Controller, Haninge”."""
    told = ", ".join(part for part in (state_words(one, translator()), when(one), _(one.by)) if part)
    return f"{period_name(one.period)}: {told}" if with_period else told


def when(one: Delivery) -> str:
    return f"{one.at.astimezone():%Y-%m-%d %H:%M}" if one.at else ""


def _list(found: Deliveries) -> None:
    """Every delivery with when, by whom and the way to its history: what the matrix has behind its cells."""
    heads = (_("Medlem"), _("Mått"), _("Period"), _("Läge"), _("När"), _("Av"))
    rows = "".join(_line(one, heads) for one in found.deliveries)
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    st.html(
        f'<details class="figures"><summary>{escape(_("Alla leveranser med tid och person"))}</summary>'
        f'<div class="scroll" tabindex="0"><table class="plain-table findings delivery-list"><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div></details>"
    )


def _line(one: Delivery, heads: Sequence[str]) -> str:
    measure = escape(one.measure_name)
    if one.state in DELIVERED:
        href = escape(history_address(one.measure_id, one.municipality_code, one.period))
        measure = f'<a data-page href="{href}">{measure}</a>'
    state = f'<i aria-hidden="true">{SIGNS[one.state]}</i> {escape(state_words(one, translator()))}'
    cells = (measure, escape(period_name(one.period)), state, escape(when(one)), escape(_(one.by)))
    return (
        f'<tr><th scope="row">{escape(one.municipality_name)}</th>'
        + "".join(
            f'<td data-label="{escape(head)}">{cell or "–"}</td>'
            for head, cell in zip(heads[1:], cells, strict=True)
        )
        + "</tr>"
    )


def _export(choice: Choice, found: Deliveries) -> Export:
    translate = translator()
    columns = _columns(found)
    shown = [
        {
            _("Medlem"): name,
            **{
                label: state_words(parts[0], translate) if len(parts) == 1 else _counted(parts, translate)
                for measure_id, label in columns.items()
                if (parts := [one for one in found.of(code) if one.measure_id == measure_id])
            },
        }
        for code, name in found.members
    ]
    full = [
        {
            _("Kod"): one.municipality_code,
            _("Medlem"): one.municipality_name,
            _("Beteckning"): one.measure_id,
            _("Mått"): one.measure_name,
            _("Period"): one.period,
            _("Läge"): translate(DELIVERY_STATE_NAMES[one.state]),
            _("Orsak"): _reason(one.reason, translate) if one.reason else "",
            _("När"): when(one),
            _("Av"): translate(one.by),
        }
        for one in found.deliveries
    ]
    title = _("Rapporteringsläge för {network}").format(network=found.network.name)
    source = _("Källa: kommunernas egna uppgifter, rapporterade i {network}").format(
        network=found.network.name
    )
    release = choice.view.releases[-1]
    return Export(
        file_name=title,
        title=title,
        shown=pd.DataFrame(shown),
        full=pd.DataFrame(full),
        about=downloads.about(
            title=title,
            subtitle=period_name(found.period),
            release=release,
            source=source,
            method=(),
            translate=translate,
        ),
        is_made_up=release.is_made_up,
        decimals=0,
    )
