"""Deliveries: published, with a reason, under way or not at all; and what to remind about."""

from dataclasses import replace
from datetime import date

import pytest

from data.workspace.networks import network, save_network
from domain.delivery import DeliveryState
from domain.errors.people import NotAllowedError
from domain.value import NoValueReason
from pipelines.uploads.deliveries import deliveries, reminder_text
from pipelines.uploads.drafts import explain
from pipelines.uploads.publishing import changes, publish
from tests.pipelines.uploads.conftest import COUNT, HANINGE, HUDDINGE, MONTHLY, NETWORK, SAFE, TODAY, keep
from tests.pipelines.uploads.test_publishing import finding, publish_cells


def states(delivered, code):
    return {(delivery.measure_id, delivery.period): delivery.state for delivery in delivered.of(code)}


def test_every_member_has_a_state_for_every_required_measure(home, people):
    publish_cells(
        home, people["controller"], {(SAFE, "2023", "T"): (80.0, 90), (COUNT, "2023", "T"): "missing"}
    )
    keep(home, people["neighbour"], {(COUNT, "2023", "T"): 3.0}, municipality=HUDDINGE)
    delivered = deliveries(home.stores, people["coordinator"], NETWORK, "2023")

    assert len(delivered.members) == 8
    assert len(delivered.measures) == 2 + 12  # the monthly one is asked for month by month
    haninge = states(delivered, HANINGE)
    assert haninge[SAFE, "2023"] is DeliveryState.PUBLISHED
    assert haninge[COUNT, "2023"] is DeliveryState.REASON
    assert haninge[MONTHLY, "2023-01"] is DeliveryState.NOT_DELIVERED
    (without,) = [delivery for delivery in delivered.of(HANINGE) if delivery.measure_id == COUNT]
    assert (without.reason, without.by) == (NoValueReason.MISSING, people["controller"].name)
    assert states(delivered, HUDDINGE)[COUNT, "2023"] is DeliveryState.DRAFT
    assert states(delivered, HUDDINGE)[SAFE, "2023"] is DeliveryState.NOT_DELIVERED
    assert delivered.done == ()


def test_a_month_asks_for_what_is_reported_by_the_month(home, people):
    publish_cells(home, people["controller"], {(MONTHLY, "2023-02", "T"): 4.0}, period="2023-02")
    delivered = deliveries(home.stores, people["coordinator"], NETWORK, "2023-02")
    assert [(measure, part) for measure, _, part in delivered.measures] == [(MONTHLY, "2023-02")]
    assert delivered.done == (HANINGE,)


def test_published_explanations_are_read_and_those_of_drafts_are_only_counted(home, people):
    publish_cells(home, people["controller"], {(COUNT, "2023", "T"): (12.0, None, "Ny enkät")})
    odd = finding("odd", municipality_code=HUDDINGE, measure_id=COUNT)
    cells = {(COUNT, "2023", "T"): 3.0}
    draft = keep(home, people["neighbour"], cells, municipality=HUDDINGE, findings=[odd])
    explain(home.workspace, people["neighbour"], draft, {"odd": "En hemlig förklaring"})
    delivered = deliveries(home.stores, people["coordinator"], NETWORK, "2023")
    assert [(explanation.municipality_name, explanation.text) for explanation in delivered.explanations] == [
        ("Haninge", "Ny enkät.")
    ]
    assert delivered.drafts_explained == {HUDDINGE: 1}
    assert "hemlig" not in repr(delivered)


def test_an_embargoed_upload_is_reported(home, people):
    draft = keep(home, people["controller"], {(COUNT, "2023", "T"): 3.0})
    key = changes(home.stores, people["controller"], draft.id, with_colours=False).state_key
    publish(
        home.stores, people["controller"], draft.id, state_key=key, publish_on=date(2027, 1, 1), today=TODAY
    )
    delivered = deliveries(home.stores, people["coordinator"], NETWORK, "2023")
    assert states(delivered, HANINGE)[COUNT, "2023"] is DeliveryState.AWAITING_DATE


def test_a_reminder_says_what_is_missing_and_until_when(home, people):
    stored = network(home.workspace, NETWORK)
    save_network(
        home.workspace, people["administrator"], replace(stored, next_meeting=date(2027, 2, 3)), TODAY
    )
    publish_cells(home, people["controller"], {(SAFE, "2023", "T"): (80.0, 90)})
    text = reminder_text(deliveries(home.stores, people["coordinator"], NETWORK, "2023"), HANINGE)
    assert text.startswith("Hej Haninge!")
    assert "– Antal ärenden\n" in text
    assert "Väntetid, mars 2023" in text
    assert "Trygga elever" not in text
    assert "2027-02-03" in text
    assert "http" not in text


def test_nobody_who_has_delivered_is_reminded(home, people):
    publish_cells(home, people["controller"], {(MONTHLY, "2023-02", "T"): 4.0}, period="2023-02")
    assert reminder_text(deliveries(home.stores, people["coordinator"], NETWORK, "2023-02"), HANINGE) == ""


def test_the_network_reads_it_and_visitors_do_not(home, people):
    assert deliveries(home.stores, people["neighbour"], NETWORK, "2023").members
    with pytest.raises(NotAllowedError):
        deliveries(home.stores, people["visitor"], NETWORK, "2023")
