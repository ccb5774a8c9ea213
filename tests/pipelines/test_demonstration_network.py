"""The made-up network is created like any other, has every kind of value, and appears only beside made-up values."""

import shutil

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from answers.comparison import compare_measure
from answers.library import build_library
from answers.network_snapshot import load_network_snapshot
from data.store.figures import open_lake
from data.store.writing import write_release
from data.workspace.networks import networks
from data.workspace.people import ensure_people, person
from data.workspace.uploads import uploads
from disclosure.reported import disclose_reported
from disclosure.writing import stored_rows
from domain.group import GroupKind, GroupReference
from domain.network_measure import MeasureState
from domain.rights import Role
from domain.upload import UploadState
from domain.value import Gender, NoValueReason
from pipelines import whole_demonstration
from pipelines.demonstration.lake import STAGED
from pipelines.uploads.deliveries import deliveries
from pipelines.uploads.history import cell_history
from pipelines.uploads.restoring import restore_published
from pipelines.uploads.undoing import undo
from pipelines.whole_demonstration import ensure_demonstration_network
from tests.homes import home_at

NETWORK_ID = "pahittade-sodertornsnatverket"
HUDDINGE, BOTKYRKA, SALEM, HANINGE, TYRESO, UPPLANDS_BRO, SODERTALJE, NYNASHAMN = MEMBERS = (
    *("0126", "0127", "0128", "0136", "0138", "0139", "0181", "0192"),
)
VISITS_BEFORE_CORRECTION = 23980.0  # Botkyrka 2023

SAFE = "elever-i-arskurs-8-som-ar-trygga-i-skolan"
ABSENT = "hogstadieelever-med-hog-franvaro"
COST = "kostnad-for-oppen-ungdomsverksamhet"
VISITS = "besok-i-oppen-ungdomsverksamhet"
A_VISIT = "kostnad-per-besok-i-oppen-ungdomsverksamhet"
MET = "nojda-med-motet-med-kontaktcenter"


@pytest.fixture(scope="module")
def made(whole_demonstration_home, tmp_path_factory):
    """A copy for this module alone."""
    return shutil.copytree(whole_demonstration_home, tmp_path_factory.mktemp("network") / "home")


@pytest.fixture
def home(made, tmp_path):
    """A copy that a test may change."""
    return home_at(shutil.copytree(made, tmp_path / "home"))


@pytest.fixture(scope="module")
def made_home(made):
    return home_at(made)


@pytest.fixture(scope="module")
def rows(made_home):
    with open_lake(made_home.demonstration) as figures:
        table = disclose_reported(figures.reported_values(figures.latest_release())).table
    return table.set_index(["measure_id", "municipality_id", "period", "gender"]).sort_index()


def test_it_has_eight_members_and_measures_in_use_and_says_that_it_is_made_up(made_home):
    (network,) = networks(made_home.workspace)
    assert network.is_made_up
    assert network.members_on(network.memberships[0].from_day) == MEMBERS
    own = load_network_snapshot(made_home.workspace).of_network(NETWORK_ID)
    assert [measure.id for measure in own] == [SAFE, ABSENT, COST, VISITS, A_VISIT, MET]
    assert all(measure.state is MeasureState.IN_USE for measure in own)


def test_everybody_has_delivered_the_newest_year_but_haninge(made_home):
    coordinator = next(
        actor for actor in ensure_people(made_home.workspace) if actor.roles[0].role is Role.COORDINATOR
    )
    states = deliveries(made_home.stores, coordinator, NETWORK_ID, "2024")
    assert set(states.done) == set(MEMBERS) - {HANINGE}
    assert (
        len(states.missing(HANINGE)) == len(states.measures) == 6
    )  # four by the year, one by each of two terms
    assert deliveries(made_home.stores, coordinator, NETWORK_ID, "2023").done == MEMBERS
    assert deliveries(made_home.stores, coordinator, NETWORK_ID, "2022").done == MEMBERS


def test_a_small_basis_is_suppressed_and_the_other_gender_with_it(rows):
    hidden = rows.loc[(SAFE, SALEM, "2024")]
    assert hidden.loc[["K", "M"], "reason"].tolist() == ["suppressed", "suppressed"]
    assert hidden.loc[["K", "M"], ["value", "basis"]].isna().all().all()
    assert hidden.loc["T", "value"] == pytest.approx(83.0 + 0.6 * 2 + 0.5 * ((2 * 7 + 2 * 5) % 5 - 2))
    assert rows.loc[(SAFE, SALEM, "2023")]["value"].notna().all()


def test_a_missing_value_has_a_reason_and_a_requested_explanation_is_a_footnote(rows):
    missing = rows.loc[(COST, SODERTALJE, "2024", "T")]
    assert missing["reason"] == "missing"
    assert missing["footnote"].startswith("Verksamheten bytte förvaltning")
    assert "fritidsgårdar" in rows.loc[(COST, BOTKYRKA, "2024", "T"), "footnote"]
    assert "sms" in rows.loc[(MET, TYRESO, "2024", "T"), "footnote"]
    assert (rows["footnote"] != "").sum() == 4


def test_the_cost_of_a_visit_follows_from_what_is_reported(made_home, rows):
    with open_lake(made_home.demonstration) as figures:
        library = build_library(
            figures, figures.latest_release(), lambda: load_network_snapshot(made_home.workspace)
        )
        group = library.groups.resolve(GroupReference(GroupKind.NETWORK, NETWORK_ID))
        comparison = compare_measure(library, measure_id=A_VISIT, group=group, year=2024)
        inhabitants = stored_rows(
            figures.indicator_values(
                figures.latest_release(), kpi_ids=["N01951"], municipality_ids=[BOTKYRKA], years=[2024]
            )
        ).set_index("gender")["value"]["T"]
    values = {member.code: member.value for member in comparison.members}
    cost, visits = (rows.loc[(measure, BOTKYRKA, "2024", "T"), "value"] for measure in (COST, VISITS))
    assert values[BOTKYRKA] == pytest.approx(cost * inhabitants / visits)
    assert values[SODERTALJE] is None  # its cost is missing
    assert values[HANINGE] is None


def test_a_corrected_value_has_a_history_with_both_files(made_home):
    code, period, first = BOTKYRKA, "2023", VISITS_BEFORE_CORRECTION
    newest, oldest = cell_history(
        made_home.stores,
        ensure_people(made_home.workspace)[0],
        measure_id=VISITS,
        municipality_code=code,
        period=period,
    )
    assert (oldest.after.value, newest.before.value) == (first, first)
    assert newest.after.value < first
    assert (newest.file_name, newest.why) == ("rättade besök 2023.csv", "Maj månad var räknad två gånger")


def test_it_is_made_once(made_home):
    before = uploads(made_home.workspace)
    assert not ensure_demonstration_network(made_home.stores)
    assert uploads(made_home.workspace) == before


def test_it_is_not_made_beside_real_values_or_another_network(home):
    staged = home.home / "real.parquet"
    row = ("N17461", BOTKYRKA, 2024, "T", 70.0, None, False)
    table = pd.DataFrame([row], columns=STAGED.names)
    pq.write_table(pa.Table.from_pandas(table, schema=STAGED, preserve_index=False), staged)
    write_release(
        home.figures,
        lambda writer: writer.merge_indicator_values([staged]),
        run_id="real",
        description="",
    )
    with open_lake(home.figures) as figures:
        real = build_library(figures, figures.latest_release(), lambda: load_network_snapshot(home.workspace))
        assert real.own_measures.snapshot.networks == ()
        assert real.own_measures.snapshot.measures == ()
    assert not ensure_demonstration_network(home.stores)


def test_an_interrupted_run_is_continued(demonstration_home, tmp_path, monkeypatch):
    shutil.copytree(demonstration_home / "demonstration", tmp_path / "demonstration")
    made_home = home_at(tmp_path)
    handed_in = []
    real = whole_demonstration.hand_in

    def dies_at_the_third(made_home, library, actor, file):
        if len(handed_in) == 2:
            raise KeyboardInterrupt
        handed_in.append(file.municipality_code)
        real(made_home, library, actor, file)

    with monkeypatch.context() as patch:
        patch.setattr(whole_demonstration, "hand_in", dies_at_the_third)
        with pytest.raises(KeyboardInterrupt):
            ensure_demonstration_network(made_home.stores)
    rest = []
    with monkeypatch.context() as patch:
        patch.setattr(
            whole_demonstration,
            "hand_in",
            lambda _settings, _library, _actor, file: rest.append(file.municipality_code),
        )
        assert ensure_demonstration_network(made_home.stores)
    assert len(load_network_snapshot(made_home.workspace).of_network(NETWORK_ID, in_use=True)) == 6
    assert sorted([*handed_in, *rest]) == sorted([*MEMBERS, BOTKYRKA])


def test_figures_that_are_made_again_get_back_what_was_published(home, demonstration_home, rows):
    shutil.rmtree(home.home / "demonstration")
    shutil.copytree(demonstration_home / "demonstration", home.home / "demonstration")
    assert restore_published(home.stores) == len(uploads(home.workspace, states={UploadState.PUBLISHED}))
    with open_lake(home.demonstration) as figures:
        again = disclose_reported(figures.reported_values(figures.latest_release())).table
    again = again.set_index(["measure_id", "municipality_id", "period", "gender"]).sort_index()
    pd.testing.assert_frame_equal(again, rows)
    assert restore_published(home.stores) == 0
    correction = next(upload for upload in uploads(home.workspace) if upload.file_name.startswith("rättade"))
    undo(home.stores, person(home.workspace, correction.person_id), correction.id, "prov")
    newest = cell_history(
        home.stores,
        ensure_people(home.workspace)[0],
        measure_id=VISITS,
        municipality_code=BOTKYRKA,
        period="2023",
    )[0]
    assert newest.is_undo
    assert newest.after.value == VISITS_BEFORE_CORRECTION


def test_reasons_and_genders_are_of_every_kind(rows):
    reasons = set(rows["reason"].dropna())
    assert reasons == {str(NoValueReason.MISSING), str(NoValueReason.SUPPRESSED)}
    assert set(rows.index.get_level_values("gender")) == {str(gender) for gender in Gender}
