"""The upload context: the network's measures in order, published values, and who may report at all."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pandas as pd
import pytest

from answers.network_snapshot import NetworkSnapshot
from data.store.writing import write_release
from domain.errors.choices import UnknownPlaceError, UnreadablePeriodError
from domain.errors.networks import UnknownNetworkError
from domain.errors.uploads import NotAMemberForUploadError, NothingToReportError
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import (
    LifeEvent,
    MeasureDefinition,
    MeasureSource,
    MeasureState,
    NetworkMeasure,
    ReportingInterval,
)
from domain.period import Period
from domain.place import PlaceKind
from pipelines.uploads.upload_context import REPORTED_COLUMNS, build_upload_context, load_upload_context

MEMBERS = ("0127", "0136", "0126", "0140", "0192", "0128")
NETWORK = Network(
    "sodertorn",
    "Södertörn",
    PlaceKind.MUNICIPALITY,
    tuple(Membership(code, date(2020, 1, 1)) for code in MEMBERS),
)
IN_USE = (LifeEvent(MeasureState.IN_USE, datetime(2026, 1, 1, tzinfo=UTC), "p"),)


def measure(id_, name, *, section="", life=IN_USE, definitions=None, **fields):
    described = {
        "source": MeasureSource.OWN,
        "expression": id_,
        "unit": "%",
        "kind": MeasureKind.QUALITY,
    } | fields
    definition = MeasureDefinition(
        version=1,
        first_year=2015,
        name=name,
        resident_sentence="",
        decimals=1,
        direction=Direction.HIGHER,
        **described,
    )
    return NetworkMeasure(id_, "sodertorn", "sodertorn", definitions or (definition,), life, section)


TRYGGHET = measure("trygghet", "Trygga elever")


def load_context(library, *measures, municipality="0136", period="2023", network="sodertorn"):
    own = NetworkSnapshot((NETWORK,), measures, day=date(2026, 11, 22), state=1)
    return build_upload_context(
        library.with_snapshot(own), network=network, municipality=municipality, period=period
    )


def test_the_networks_measures_in_use_are_known_with_those_that_members_report(library):
    kpi = measure("examen", "Examen", source=MeasureSource.KPI, expression="N17461")
    proposed = measure("forslag", "Förslag", life=(replace(IN_USE[0], state=MeasureState.DECIDED),))
    upload_context = load_context(library, TRYGGHET, kpi, proposed)
    assert {measure.id for measure in upload_context.measures} == {"trygghet", "examen"}
    assert [reported.id for reported in upload_context.reported] == ["trygghet"]
    assert upload_context.place.name == "Haninge"
    assert upload_context.period == Period(2023)
    assert upload_context.members == MEMBERS
    assert upload_context.places["0126"].name == "Huddinge"
    assert upload_context.titles["N17461"] == "Gymnasieelever med examen inom 4 år, andel (%)"
    assert not upload_context.is_made_up


def test_measures_are_in_the_networks_order(library):
    measures = [
        measure("b-kvalitet", "B", section="Skola"),
        measure("a-kostnad", "A", section="Skola", kind=MeasureKind.COST),
        measure("c", "C", section="Omsorg"),
    ]
    assert [measure.id for measure in load_context(library, *measures).measures] == [
        "a-kostnad",
        "b-kvalitet",
        "c",
    ]


def test_a_municipality_and_a_network_are_known_by_their_names_too(library):
    upload_context = load_context(library, TRYGGHET, municipality="Haninge", network="Södertörn")
    assert (upload_context.place.code, upload_context.network.id) == ("0136", "sodertorn")


def test_a_measure_has_the_definition_of_the_reporting_year_and_every_other(library):
    first = TRYGGHET.definition
    second = replace(first, version=2, first_year=2022, unit="antal", decimals=0)
    redefined = measure("trygghet", "", definitions=(first, second))
    (late,) = load_context(library, redefined, period="2023").measures
    (early,) = load_context(library, redefined, period="2021").measures
    assert (late.definition, early.definition) == (second, first)
    assert late.break_years == (2022,)
    assert (late.definition_for(2022), late.definition_for(2021), late.definition_for(1999)) == (
        second,
        first,
        first,
    )


def test_the_kpi_that_is_the_same_thing_is_known_with_its_values_for_the_members(library):
    measures = [
        measure("examen", "Examen", source=MeasureSource.KPI, expression="N17461"),
        measure("som-kpi", "Elever", data_source="Hämtas ur Kolada (N15428)"),
        measure("samma-namn", "Trångboddhet, norm 3, andel  (%)"),
        measure("tva", "Två", data_source="N15428 och N17461"),
        measure("okand", "Okänd", data_source="N99999"),
    ]
    upload_context = load_context(library, *measures)
    assert {measure.id: measure.same_as for measure in upload_context.measures} == {
        "examen": "N17461",
        "som-kpi": "N15428",
        "samma-namn": "N07914",
        "tva": None,
        "okand": None,
    }
    assert set(upload_context.kolada["kpi_id"]) == {"N17461", "N15428", "N07914"}
    assert set(upload_context.kolada["municipality_code"]) <= set(MEMBERS)
    haninge = upload_context.kolada[
        (upload_context.kolada["municipality_code"] == "0136") & (upload_context.kolada["kpi_id"] == "N15428")
    ]
    assert haninge[["year", "gender", "value"]].to_numpy().tolist() == [[2022, "T", 85.1]]


def test_a_reporting_period_that_asks_for_nothing_is_refused(library):
    term = measure("narvaro", "Närvaro", interval=ReportingInterval.TERM)
    assert [str(period) for _, period in load_context(library, term).requested] == ["2023-VT", "2023-HT"]
    assert [str(period) for _, period in load_context(library, term, period="2023-VT").requested] == [
        "2023-VT"
    ]
    with pytest.raises(NothingToReportError, match="vårterminen 2023"):
        load_context(library, TRYGGHET, period="2023-VT")
    with pytest.raises(NothingToReportError, match="2023"):
        load_context(library, measure("examen", "Examen", source=MeasureSource.KPI, expression="N17461"))


def test_non_members_report_nothing(library):
    with pytest.raises(NotAMemberForUploadError, match="Stockholm ingår inte i nätverket ”Södertörn”"):
        load_context(library, TRYGGHET, municipality="0180")


@pytest.mark.parametrize(
    ("choice", "error"),
    [
        ({"municipality": "Hanige"}, UnknownPlaceError),
        ({"network": "sodertårn"}, UnknownNetworkError),
        ({"period": "i fjol"}, UnreadablePeriodError),
    ],
)
def test_unknown_names_are_reported(library, choice, error):
    with pytest.raises(error):
        load_context(library, TRYGGHET, **choice)


def test_published_values_of_the_members_are_loaded_from_the_home(home):
    def merge(writer):
        rows = pd.DataFrame(
            [
                ("trygga-elever", "0136", "2022", "T", 80.0, None, 100.0, "", "u1", False),
                ("trygga-elever", "0126", "2022", "T", None, "suppressed", None, "", "u2", False),
                ("trygga-elever", "0180", "2022", "T", 70.0, None, 100.0, "", "u3", False),
            ],
            columns=[
                "measure_id",
                "municipality_id",
                "period",
                "gender",
                "value",
                "reason",
                "basis",
                "footnote",
                "upload_id",
                "is_deleted",
            ],
        )
        return writer.merge_reported_values(rows)

    write_release(home.figures, merge, run_id="upload-1", description="prov")
    upload_context = load_upload_context(home.stores, network="sodertorn", municipality="0136", period="2023")
    assert sorted(upload_context.by_id) == ["antal-arenden", "trygga-elever", "vantetid"]
    assert list(upload_context.published.columns) == list(REPORTED_COLUMNS)
    assert sorted(
        upload_context.published[["municipality_code", "value", "reason"]]
        .astype(object)
        .fillna("")
        .to_numpy()
        .tolist()
    ) == [
        ["0126", "", "suppressed"],
        ["0136", 80.0, ""],
    ]
