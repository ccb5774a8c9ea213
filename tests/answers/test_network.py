"""Networks in the answers: who is compared on which day, what their measures give, who is not comparable."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from answers.comparison import compare_measure
from answers.measure_formulas import MeasureFormulas
from answers.network_snapshot import NetworkSnapshot, load_network_snapshot
from answers.overview import build_overview
from answers.relation import relate_measures
from answers.revisions import find_revisions
from answers.trend import compare_development
from data.workspace import comparability, measures, networks
from disclosure.grid import STATUSES, Grid, disclose_grids
from domain.comparability import Comparability, ComparabilityStatement
from domain.comparison import Colour, ColourAmong
from domain.errors.choices import NotDividedByGenderError, NothingReportedError, UnknownMeasureError
from domain.errors.formulas import FormulaError
from domain.errors.measures import MeasureCycleError
from domain.errors.networks import UnknownNetworkError
from domain.group import GroupReference
from domain.measure import Direction, Measure, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    Target,
)
from domain.place import PlaceKind
from domain.rights import HeldRole, Person, Role
from domain.value import Gender, Status
from tests.homes import home_at
from tests.messages import swedish

SODERTORN = ("0127", "0136", "0126", "0140", "0192", "0128", "0181", "0138")
THEN, TODAY = date(2020, 1, 1), date(2026, 11, 21)
KOLADA = GroupReference.parse("kolada:G96274")
OWN = GroupReference.parse("network:Södertörn")


def network(**changed):
    """Södertörn; Tyresö left at the end of 2025 and Salem came in 2021."""
    stays = [Membership(code, THEN) for code in SODERTORN if code not in {"0128", "0138"}]
    stays += [Membership("0138", THEN, date(2025, 12, 31)), Membership("0128", date(2021, 1, 1))]
    given = {
        "id": "sodertorn",
        "name": "Södertörn",
        "kind": PlaceKind.MUNICIPALITY,
        "memberships": tuple(stays),
    }
    return Network(**(given | changed))


def definition(expression="N17461", **changed):
    given = {
        "version": 1,
        "first_year": 2019,
        "source": MeasureSource.FORMULA,
        "expression": expression,
        "name": "Examen",
        "resident_sentence": "",
        "unit": "%",
        "decimals": 1,
        "direction": Direction.HIGHER,
        "kind": MeasureKind.QUALITY,
    }
    return MeasureDefinition(**(given | changed))


def measure(*definitions, measure_id="examen", state=MeasureState.IN_USE, **changed):
    at = datetime(2026, 1, 1, tzinfo=UTC)
    life = tuple(LifeEvent(state, at, "p") for state in (MeasureState.PROPOSED, MeasureState.DECIDED, state))
    given = {"id": measure_id, "owner_network": "sodertorn", "network_id": "sodertorn"}
    return NetworkMeasure(definitions=definitions, life=life, **(given | changed))


def statement(code, flag=Comparability.NOT_COMPARABLE, measure_id="examen", **changed):
    given = {"network_id": "sodertorn", "measure_id": measure_id, "municipality_code": code, "flag": flag}
    return ComparabilityStatement(**(given | {"counting_method": "räknar på annat sätt"} | changed))


def own(*measures, networks=None, **changed):
    return NetworkSnapshot(
        networks=networks or (network(),), measures=measures, **({"day": TODAY, "state": 1} | changed)
    )


def values(comparison):
    return {member.code: member.value for member in comparison.members}


# ---- who is compared


def test_a_network_is_found_by_name_and_id_and_has_the_members_of_the_day(library):
    now, earlier = library.with_snapshot(own()), library.with_snapshot(own(day=date(2020, 6, 1)))
    assert now.groups.resolve(OWN) == now.groups.resolve(GroupReference.parse("network:sodertorn"))
    assert now.groups.resolve(OWN).name == "Södertörn"
    assert str(now.groups.resolve(OWN).reference) == "network:sodertorn"
    assert set(now.groups.resolve(OWN).codes) == set(SODERTORN) - {"0138"}
    assert set(earlier.groups.resolve(OWN).codes) == set(SODERTORN) - {"0128"}
    assert [member_network.name for member_network in now.groups.networks_with("0128")] == ["Södertörn"]
    assert earlier.groups.networks_with("0128") == ()
    with pytest.raises(UnknownNetworkError, match=r"Menade du Södertörn\?"):
        now.groups.resolve(GroupReference.parse("network:Södertälje"))


def test_before_a_network_was_formed_its_first_members_are_shown_with_a_note(library):
    group = library.with_snapshot(own(day=date(2010, 1, 1))).groups.resolve(OWN)
    assert set(group.codes) == set(SODERTORN) - {"0128"}
    assert "bildades 2020-01-01" in swedish(
        compare_measure(library, measure_id="N17461", group=group).notes[0]
    )


def test_a_forming_network_says_so(library):
    small = network(
        memberships=tuple(Membership(code, THEN) for code in SODERTORN[:3]), forming_until=date(2027, 6, 30)
    )
    comparison = compare_measure(
        (known := library.with_snapshot(own(networks=(small,)))),
        measure_id="N17461",
        group=known.groups.resolve(OWN),
    )
    assert swedish(comparison.notes) == (
        "Södertörn är under bildande till och med 2027-06-30 och har 3 medlemmar. Med färre än sex säger plats och "
        "färg lite.",
    )
    formed = library.with_snapshot(own(networks=(small,), day=date(2027, 7, 1)))
    assert "Gruppen har 3 medlemmar" in swedish(
        compare_measure(formed, measure_id="N17461", group=formed.groups.resolve(OWN)).notes[0]
    )


def test_regions_have_networks_too(library):
    regions = network(
        id="regioner",
        name="Regioner",
        kind=PlaceKind.REGION,
        memberships=tuple(Membership(code, THEN) for code in ("0001", "0003", "0004")),
    )
    known = library.with_snapshot(own(networks=(regions,)))
    comparison = compare_measure(
        known, measure_id="N00945", group=known.groups.resolve(GroupReference.parse("network:regioner"))
    )
    assert [member.value for member in comparison.members if member.value is not None] == [40.0, 40.0]


# ---- what a measure gives


def test_a_formula_is_compared_as_any_measure_with_its_definition_in_words(library):
    known = library.with_snapshot(own(measure(definition("N17461 / 2", unit="index", name="Halva examen"))))
    comparison = compare_measure(known, measure_id="EXAMEN", group=known.groups.resolve(KOLADA), focus="0127")
    plain = compare_measure(library, measure_id="N17461", group=library.groups.resolve(KOLADA), focus="0127")
    assert values(comparison) == {code: value / 2 for code, value in values(plain).items()}
    assert [member.rank for member in comparison.members] == [member.rank for member in plain.members]
    assert (comparison.year, comparison.mean, comparison.national_value) == (2023, plain.mean / 2, 72.5 / 2)
    assert (comparison.measure.short_title, comparison.measure.unit, comparison.measure.is_own) == (
        "Halva examen",
        "index",
        True,
    )
    assert swedish(comparison.method[0]).startswith("Måttet räknas ut som N17461 / 2, där N17461 är ”")
    assert swedish(comparison.source) == "Egen beräkning av nätverket Södertörn på publicerade värden"


def test_a_kpi_as_it_is_keeps_its_source_and_its_basis(library):
    as_it_is = definition(
        "U07417", source=MeasureSource.KPI, name="Stölder", direction=Direction.LOWER, unit="per 1 000 inv"
    )
    known = library.with_snapshot(own(measure(as_it_is, measure_id="stolder")))
    comparison = compare_measure(known, measure_id="stolder", group=known.groups.resolve(KOLADA))
    plain = compare_measure(library, measure_id="U07417", group=library.groups.resolve(KOLADA))
    assert swedish(comparison.source) == "Källa: Kolada"
    assert [member.status for member in comparison.members] == [member.status for member in plain.members]
    assert [member.interval for member in comparison.members] == [member.interval for member in plain.members]
    assert comparison.weighted_mean == plain.weighted_mean
    assert swedish(comparison.method[0]).startswith("Måttet är nyckeltalet U07417")
    assert comparison.notes == plain.notes  # that all its history was rescaled among them


def test_a_moving_mean_needs_the_years_before_even_in_an_overview(library):
    known = library.with_snapshot(own(measure(definition("glidande_medel(N17461; 3)"))))
    group = known.groups.resolve(KOLADA)
    botkyrka = (62 + 64 + 66) / 3
    assert compare_measure(known, measure_id="examen", group=group).member("0127").value == pytest.approx(
        botkyrka
    )
    (row,) = build_overview(known, measure_ids=["examen"], group=group, focus="0127").rows
    assert row.focus.value == pytest.approx(botkyrka)
    assert [point.year for point in row.focus_series.points if point.value is not None] == [2021, 2022, 2023]
    # Among all: Stockholm's three years of 70 are better than 64.
    assert (
        row.focus.rank_among_all
        == compare_measure(known, measure_id="examen", group=group, colour_among=ColourAmong.ALL)
        .member("0127")
        .rank_among_all
    )
    assert row.comparison.n_with_value_among_all == 9


def test_a_measure_has_the_missing_reason_of_its_input(library):
    known = library.with_snapshot(
        own(measure(definition("U07417 * 2", direction=Direction.LOWER), measure_id="dubbla"))
    )
    comparison = compare_measure(known, measure_id="dubbla", group=known.groups.resolve(KOLADA))
    plain = compare_measure(library, measure_id="U07417", group=library.groups.resolve(KOLADA))
    assert [member.status for member in comparison.members] == [member.status for member in plain.members]
    assert comparison.member("0128").status is Status.SUPPRESSED


def test_women_and_men_follow_their_inputs_and_none_gives_a_hidden_one_away(library):
    known = library.with_snapshot(own(measure(definition("N17461 / 2"))))
    group = known.groups.resolve(KOLADA)
    women = compare_measure(known, measure_id="examen", group=group, gender=Gender.WOMEN)
    men = compare_measure(known, measure_id="examen", group=group, gender=Gender.MEN)
    assert women.member("0127").value == (66 + 4) / 2
    assert women.member("0128").status is men.member("0128").status is Status.SUPPRESSED
    mixed = library.with_snapshot(own(measure(definition("N17461 + N11821"))))
    with pytest.raises(NotDividedByGenderError):
        compare_measure(mixed, measure_id="examen", group=group, gender=Gender.WOMEN)


def test_per_inhabitant_takes_the_reference_where_the_source_has_not_been_read(library):
    known = library.with_snapshot(own(measure(definition("per_1000_invånare(N17461)"))))
    comparison = compare_measure(known, measure_id="examen", group=known.groups.resolve(KOLADA), year=2023)
    botkyrka = dict(library.places.find("0127").population)[2023]
    assert comparison.member("0127").value == pytest.approx(66 / botkyrka * 1000)
    assert "Jämförelsebankens eget kommunregister" in " ".join(swedish(comparison.method))
    # Where the source has been read, its own number is used: 100 000 in 2022.
    in_2022 = compare_measure(known, measure_id="examen", group=known.groups.resolve(KOLADA), year=2022)
    assert in_2022.member("0127").value == pytest.approx(64 / 100)


def test_measures_build_on_each_other_but_not_in_a_ring(library):
    half = measure(definition("N17461 / 2"), measure_id="halva-examen")
    quarter = measure(definition("halva_examen / 2"), measure_id="kvart")
    known = library.with_snapshot(own(half, quarter))
    assert (
        compare_measure(known, measure_id="kvart", group=known.groups.resolve(KOLADA)).member("0127").value
        == 66 / 4
    )
    ring = measure(definition("kvart * 2", name="Halva"), measure_id="halva-examen")
    with pytest.raises(MeasureCycleError, match="Examen → Halva → Examen"):
        library.with_snapshot(own(ring, quarter)).catalogue.measure("kvart")


def test_a_variable_that_nobody_has_reported_has_no_values_and_the_error_says_so(library):
    variable = measure(definition("inskrivna_elever", source=MeasureSource.OWN), measure_id="elever")
    known = library.with_snapshot(own(variable))
    with pytest.raises(
        NothingReportedError, match="Ingen medlem har rapporterat något värde för måttet Examen"
    ):
        compare_measure(known, measure_id="elever", group=known.groups.resolve(KOLADA))
    shown = build_overview(
        known, measure_ids=["elever", "N17461"], group=known.groups.resolve(KOLADA), focus="0127"
    )
    assert shown.without_values == ("elever",)


# ---- versions


def redefined():
    """Per cent until 2021; from 2022 doubled and called something else."""
    return measure(
        definition("N17461"),
        definition("N17461 * 2", version=2, first_year=2022, name="Dubbla examen", unit="index"),
    )


def test_a_new_definition_breaks_the_series_in_its_first_year(library):
    known = library.with_snapshot(own(redefined()))
    development = compare_development(known, measure_id="examen", group=known.groups.resolve(KOLADA))
    botkyrka = {point.year: point.value for point in development.member("0127").series.points}
    assert botkyrka == {2019: 58, 2020: 60, 2021: 62, 2022: 128, 2023: 132}
    assert development.break_years == (2022,)
    assert [
        [piece[0].year, piece[-1].year] for piece in development.member("0127").series.unbroken_pieces()
    ] == [
        [2019, 2021],
        [2022, 2023],
    ]
    assert development.member("0127").change_over_series == 4
    in_first_year = compare_measure(known, measure_id="examen", group=known.groups.resolve(KOLADA), year=2022)
    assert in_first_year.member("0127").change_since_last_year is None


def test_each_year_is_shown_under_the_definition_that_holds_for_it(library):
    known = library.with_snapshot(own(redefined()))
    group = known.groups.resolve(KOLADA)
    before = compare_measure(known, measure_id="examen", group=group, year=2021)
    after = compare_measure(known, measure_id="examen", group=group, year=2023)
    assert (before.measure.short_title, before.measure.unit) == ("Examen", "%")
    assert (after.measure.short_title, after.measure.unit) == ("Dubbla examen", "index")
    assert "Från och med 2022 gäller en ny definition: Måttet räknas ut som N17461 * 2" in swedish(
        before.method[1]
    )
    assert swedish(after.method[1]).startswith(
        "Definition 2 gäller från och med 2022. Före dess gällde: Måttet räknas"
    )


def test_a_break_in_an_input_breaks_the_measure_while_that_input_is_used(library):
    known = library.with_snapshot(own(measure(definition("N07914 + 1"))))
    assert known.catalogue.break_years("examen") == (2022,)
    until_2021 = measure(
        definition("N07914 + 1"), definition("N17461", version=2, first_year=2021, name="Annat")
    )
    assert library.with_snapshot(own(until_2021)).catalogue.break_years("examen") == (2021,)


def test_an_old_comparison_shows_the_definition_that_was_known_then(small_home, library):
    """Through the workspace: decided, used, then redefined; as of before, the first definition stands alone."""
    place = replace(home_at(small_home), workspace_url=f"sqlite:///{small_home / 'as-of.sqlite'}")
    leader = Person("admin", "Administratör", (HeldRole(Role.ADMINISTRATOR),))
    made = networks.create_network(place.workspace, leader, network(id=""), TODAY)
    proposed = measures.propose(place.workspace, leader, made, definition("N17461"), "Skola")
    nothing_yet = load_network_snapshot(place.workspace)
    assert nothing_yet.measures == ()  # a proposal is the network's own business
    used = proposed
    for event in (
        LifeEvent(MeasureState.DISCUSSED, datetime.now(UTC), ""),
        LifeEvent(MeasureState.DECIDED, datetime.now(UTC), "", decided_on=TODAY, minutes_reference="§ 4"),
        LifeEvent(MeasureState.IN_USE, datetime.now(UTC), ""),
    ):
        used = measures.change_measure_state(place.workspace, leader, used, event)
    first_known = datetime.now(UTC)
    second = definition("N17461 * 2", first_year=2022, changed_because="Ny lag", unit="index")
    measures.redefine(place.workspace, leader, used, second)
    comparability.state(place.workspace, leader, statement("0127", measure_id=used.id))

    now, then = (
        load_network_snapshot(place.workspace),
        load_network_snapshot(place.workspace, as_of=first_known),
    )
    assert now.state > nothing_yet.state
    assert library.with_snapshot(now).catalogue.break_years(used.id) == (2022,)
    assert library.with_snapshot(then).catalogue.break_years(used.id) == ()
    group = library.with_snapshot(now).groups.resolve(OWN)
    assert (
        compare_measure(library.with_snapshot(now), measure_id=used.id, group=group).member("0136").value
        == 138
    )
    old = compare_measure(library.with_snapshot(then), measure_id=used.id, group=group)
    assert old.member("0136").value == 69
    assert all(member.comparability is Comparability.COMPARABLE for member in old.members)
    assert "§" not in " ".join(swedish(old.method))
    assert library.with_snapshot(now).catalogue.measure_set("natverk:sodertorn").sections == (
        ("Skola", (used.id,)),
    )


# ---- comparability and targets


def test_incomparable_members_are_shown_separately_in_every_answer(library):
    known = library.with_snapshot(own(measure(definition("N17461 / 2")), statements=(statement("0138"),)))
    group = known.groups.resolve(KOLADA)
    comparison = compare_measure(known, measure_id="examen", group=group, focus="0127")
    best = comparison.member("0138")
    assert (best.value, best.rank, best.colour) == (81 / 2, None, Colour.NONE)
    assert (best.comparability, best.footnote) == (Comparability.NOT_COMPARABLE, "räknar på annat sätt")
    assert comparison.mean == pytest.approx((573 - 81) / 7 / 2)
    assert comparison.member("0128").rank == 1
    (row,) = build_overview(
        known, measure_ids=["examen"], group=group, focus="0127", colour_among=ColourAmong.ALL
    ).rows
    assert row.comparison.member("0138").rank_among_all is None
    assert row.comparison.n_with_value_among_all == 8  # nine have a value
    developed = compare_development(known, measure_id="examen", group=group)
    assert developed.member("0138").comparability is Comparability.NOT_COMPARABLE
    assert developed.group_years[-1].n_with_value == 7
    assert "0138" not in developed.largest_improvers
    assert relate_measures(known, measure_ids=("examen", "N17461"), group=group).relation.n == 7


def test_a_kpi_as_it_is_carries_the_networks_words_within_the_network_only(library):
    as_it_is = measure(definition("N17461", source=MeasureSource.KPI))
    known = library.with_snapshot(
        own(as_it_is, statements=(statement("0127", Comparability.WITH_RESERVATION),))
    )
    within = compare_measure(known, measure_id="N17461", group=known.groups.resolve(OWN))
    elsewhere = compare_measure(known, measure_id="N17461", group=known.groups.resolve(KOLADA))
    assert within.member("0127").comparability is Comparability.WITH_RESERVATION
    assert within.member("0127").rank is not None
    assert elsewhere.member("0127").comparability is Comparability.COMPARABLE


def test_in_another_network_its_own_statement_precedes_the_owners(library):
    other = network(id="andra", name="Andra")
    taken = measure(definition("N17461 / 2"))
    words = (
        statement("0127", counting_method="ägaren"),
        statement("0127", Comparability.COMPARABLE, network_id="andra", counting_method="andra"),
    )
    known = library.with_snapshot(
        own(taken, replace(taken, network_id="andra"), networks=(network(), other), statements=words)
    )

    def footnote_in(group):
        comparison = compare_measure(
            known, measure_id="examen", group=known.groups.resolve(GroupReference.parse(group))
        )
        return comparison.member("0127").footnote

    assert footnote_in("network:andra") == "andra"
    assert footnote_in("network:sodertorn") == footnote_in("kolada:G96274") == "ägaren"


def test_a_target_is_that_of_my_municipality_or_else_of_the_network(library):
    targets = (
        Target("sodertorn", "examen", None, 2020, 70.0, None),
        Target("sodertorn", "examen", None, 2030, 90.0, None),
        Target("sodertorn", "examen", "0127", 2025, 75.0, 80.0),
    )
    known = library.with_snapshot(own(measure(definition("N17461")), targets=targets))

    def target(focus, year=2023):
        return compare_measure(
            known, measure_id="examen", group=known.groups.resolve(OWN), focus=focus, year=year
        ).target

    assert target("0127") == targets[2]  # not yet in force, but the only one
    assert target("0136") == targets[0]
    assert compare_measure(known, measure_id="N11821", group=known.groups.resolve(OWN)).target is None


# ---- sets, names and what is asked of


def test_a_networks_measures_are_a_set_with_cost_beside_quality(library):
    kinds = {
        "a": MeasureKind.QUALITY,
        "b": MeasureKind.VOLUME,
        "c": MeasureKind.COST,
        "d": MeasureKind.QUALITY,
    }
    made = [
        measure(definition("N17461", kind=kind, name=name), measure_id=name, section="Skola")
        for name, kind in kinds.items()
    ]
    made.append(measure(definition("N11821"), measure_id="e", section="Förskola"))
    made.append(measure(definition("N11821"), measure_id="f", state=MeasureState.RETIRED))
    known = library.with_snapshot(own(*made))
    (measure_set,) = known.catalogue.network_sets("0127")
    assert (
        measure_set
        == known.catalogue.measure_set("natverk:Södertörn")
        == known.catalogue.measure_set("natverk:sodertorn")
    )
    assert measure_set.sections == (("Skola", ("c", "a", "d", "b")), ("Förskola", ("e",)))
    assert known.catalogue.network_sets("0180") == ()
    rows = build_overview(
        known, measure_ids=measure_set.measure_ids, group=known.groups.resolve(OWN), focus="0127"
    ).rows
    assert [row.section for row in rows] == ["Skola"] * 4 + ["Förskola"]


def test_a_measure_that_cannot_be_computed_does_not_affect_the_others(library):
    broken = measure(definition("N17461 +"), measure_id="trasigt")
    known = library.with_snapshot(own(broken, measure(definition("N17461 / 2"))))
    (measure_set,) = known.catalogue.network_sets("0127")
    assert measure_set.measure_ids == ("examen",)
    assert known.catalogue.search("examen")
    with pytest.raises(FormulaError):
        known.catalogue.measure("trasigt")


def test_a_measure_is_found_by_its_name_and_by_searching_and_missed_with_a_suggestion(library):
    known = library.with_snapshot(
        own(measure(definition("N17461 / 2", name="Halverad examen"), measure_id="halv"))
    )
    assert known.catalogue.measure("halverad examen").id == "halv"
    assert known.catalogue.search("halverad examen")[0].id == "halv"
    with pytest.raises(UnknownMeasureError, match="Halverad examen"):
        known.catalogue.measure("Halverat examen")
    with pytest.raises(UnknownMeasureError):
        library.catalogue.measure(
            "halv"
        )  # what the networks have does not stay in the library it was tried in


def test_a_draft_is_tried_without_being_stored(library):
    tried = library.with_draft(measure(definition("N17461 * 3"), measure_id="utkast"))
    assert (
        compare_measure(tried, measure_id="utkast", group=tried.groups.resolve(KOLADA)).member("0127").value
        == 198
    )
    assert "utkast" not in library.own_measures.snapshot.by_id


def test_what_a_release_changed_in_a_measure_is_what_it_changed_in_its_inputs(library):
    known = library.with_snapshot(own(measure(definition("U07417 / 2"))))
    assert {measure.measure.id for measure in find_revisions(known, measure_id="examen").measures} == {
        "U07417"
    }


# ---- ratios and small numbers, over a grid that can be compute_cells out in the head

KPIS = {
    "N00001": Measure("N00001", "Elever med examen, antal", "Examinerade", "antal", 0, Direction.HIGHER),
    "N00002": Measure("N00002", "Elever, antal", "Elever", "antal", 0, Direction.HIGHER),
    "N00003": Measure("N00003", "Kostnad, kr/elev", "Kostnad", "kr/elev", 0, Direction.LOWER),
}


def compute_cells(network_measure, *, numbers):
    """Two years, three places; a number for each KPI and place, the same in both years; NaN is missing."""
    filled = np.array([[numbers[kpi]] * 2 for kpi in KPIS], dtype=np.float64)
    statuses = np.where(np.isnan(filled), STATUSES.index(Status.MISSING), STATUSES.index(Status.OK))
    grid = Grid(tuple(KPIS), (2022, 2023), {"0127": 0, "0126": 1, "0136": 2}, filled, statuses)
    formulas = MeasureFormulas(lambda: NetworkSnapshot(measures=(network_measure,)), KPIS.get, lambda _: ())
    return formulas.compute(network_measure, *disclose_grids([grid]))


NUMBERS = {"N00001": (50, 3, np.nan), "N00002": (100, 6, 10), "N00003": (1, 2, 3)}


def test_a_ratio_of_counts_is_weighed_by_its_denominator(library):
    computed = compute_cells(measure(definition("andel(N00001; N00002)")), numbers=NUMBERS)
    assert computed.cells.numbers[0].tolist()[:2] == [50, 50]
    assert computed.weights[0].tolist() == [100, 6, 10]


def test_a_ratio_of_averages_has_no_weights(library):
    computed = compute_cells(measure(definition("N00003 / N00002")), numbers=NUMBERS)
    assert np.isnan(computed.weights).all()


def test_a_value_with_too_few_behind_it_is_suppressed_and_stays_so_in_what_is_made_of_it(library):
    small = measure(definition("andel(N00001; N00002)", smallest_basis=7))
    computed = compute_cells(small, numbers=NUMBERS)
    assert [STATUSES[statuse] for statuse in computed.statuses()[0]] == [
        Status.OK,
        Status.SUPPRESSED,
        Status.MISSING,
    ]
    assert np.isnan(computed.cells.numbers[0, 1])
    from_2023 = measure(
        definition("andel(N00001; N00002)"),
        definition("andel(N00001; N00002)", version=2, first_year=2023, smallest_basis=7),
    )
    assert compute_cells(from_2023, numbers=NUMBERS).cells.numbers[:, 1].tolist()[0] == 50
    assert STATUSES[compute_cells(from_2023, numbers=NUMBERS).statuses()[1, 1]] is Status.SUPPRESSED
