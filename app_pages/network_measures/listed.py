"""Show all measures of the network: the count by state, the list, the unused ones, and the form to propose KPIs."""

from dataclasses import dataclass

from markupsafe import Markup

from app_pages.network_measures import propose
from app_pages.network_measures.choose import Choice
from app_pages.network_measures.road import ROAD, show_counted_road
from app_pages.parts import address, blocks, frame, person
from app_pages.parts.address import Name, PageName
from app_pages.parts.measure_words import kind_name, life_link
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, ngettext
from data.workspace.use_counts import unused_measures
from domain.network_measure import SOURCE_NAMES, STATE_NAMES, MeasureState, NetworkMeasure
from domain.rights import Action


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure of the network: the link to it, and its state, kind, source, section and day of the last step."""

    measure: Markup
    is_taken_over: bool
    texts: tuple[str, ...]


def show_head(choice: Choice) -> None:
    count = sum(1 for measure in choice.measures if measure.state is MeasureState.IN_USE)
    line = ngettext("{count} mått i bruk", "{count} mått i bruk", count).format(count=count)
    if not choice.may(Action.READ_NETWORK):
        line += " · " + _("förslag och diskussion syns för nätverkets medlemmar")
    frame.show_head(_("Mått i nätverket {network}").format(network=choice.network.name), line, choice.view)


def show_parts(choice: Choice) -> None:
    if choice.measures:
        show_counted_road(choice.measures)
        _show_unused(choice)
        _show_table(choice)
    else:
        frame.show_box(
            _("Nätverket har inga mått ännu"),
            [
                _(
                    "Ett mått föreslås, diskuteras, beslutas med datum och protokoll, tas i bruk och avvecklas med ett skäl."
                ),
                _(
                    "Börja med ett nyckeltal som det är, en formel i mätverkstaden eller ett mått från ett annat nätverk."
                ),
            ],
        )
    ways = [
        (PageName.NETWORK, _("Mitt nätverk")),
        (PageName.NETWORKS, _("Ta över ett mått från ett annat nätverk")),
    ]
    if choice.may(Action.PROPOSE_MEASURE):
        ways.insert(1, (PageName.WORKSHOP, _("Gör ett eget mått i mätverkstaden")))
    blocks.show_links((address.link(page, **{Name.NETWORK: choice.network.id}), text) for page, text in ways)
    if choice.may(Action.PROPOSE_MEASURE):
        propose.form(choice)


def _show_unused(choice: Choice) -> None:
    """Show what nobody has looked at for a year, for those who can do something about it."""
    if not choice.may(Action.READ_NETWORK):
        return
    if measures := unused_measures(get_workspace(), choice.network.id, person.today()):
        show_template("network_measures/unused.html", measures=list(map(life_link, measures)))


def _show_table(choice: Choice) -> None:
    in_order = [measure for state in ROAD for measure in choice.measures if measure.state is state]
    show_template("network_measures/listed.html", rows=[_row(choice, measure) for measure in in_order])


def _row(choice: Choice, measure: NetworkMeasure) -> MeasureRow:
    definition = measure.definition
    return MeasureRow(
        measure=life_link(measure),
        is_taken_over=measure.owner_network != choice.network.id,
        texts=(
            _(STATE_NAMES[measure.state]),
            kind_name(definition.kind),
            _(SOURCE_NAMES[definition.source]),
            measure.section or "–",
            str(measure.life[-1].at.astimezone().date()),
        ),
    )
