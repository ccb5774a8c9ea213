"""Show one measure: its state, the next step, and its discussion, definition, comparability and targets."""

import streamlit as st

from app_pages.network_measures import comparability, discussion, steps, targets, versions
from app_pages.network_measures.choose import PART, Choice
from app_pages.network_measures.road import show_road
from app_pages.parts import address, blocks, frame
from app_pages.parts.address import Name, PageName
from app_pages.parts.measure_words import CHOSEN, comparison_link, kind_name
from app_pages.parts.words import _
from domain.network_measure import SOURCE_NAMES, STATE_NAMES, NetworkMeasure
from domain.rights import Action


def show_head(choice: Choice, measure: NetworkMeasure) -> None:
    """Show the name, the state, and what the measure is made of."""
    definition = measure.definition
    line = [
        choice.network.name,
        _(STATE_NAMES[measure.state]),
        kind_name(definition.kind),
        _(SOURCE_NAMES[definition.source]),
        definition.unit,
    ]
    if len(measure.definitions) > 1:
        line.append(
            _("version {version}, från {year}").format(version=definition.version, year=definition.first_year)
        )
    frame.show_head(definition.name, " · ".join(part for part in line if part), choice.view)


def show_parts(choice: Choice, measure: NetworkMeasure) -> None:
    """Show the life of the measure, then the parts; only the open one is loaded."""
    show_road(measure)
    if measure.definition.resident_sentence:
        blocks.show_lead(_(measure.definition.resident_sentence))
    steps.forms_of(choice, measure)
    names = [_("Definition"), _("Jämförbarhet"), _("Mål")]
    draw = [versions.show, comparability.show, targets.show]
    if choice.may(Action.READ_NETWORK):
        names.insert(0, _("Diskussion"))
        draw.insert(0, discussion.show)
    for tab, show in zip(st.tabs(names, key=PART, bind="query-params"), draw, strict=True):
        if tab.open:
            with tab:
                show(choice, measure)
    everything = address.link(PageName.NETWORK_MEASURES, **{Name.NETWORK: choice.network.id, CHOSEN: None})
    ways = [(everything, _("Alla mått i nätverket"))]
    if measure.is_published:
        ways.insert(0, (comparison_link(measure), _("Jämförelsen")))
    blocks.show_links(ways)
