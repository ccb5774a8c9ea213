"""The made-up values are the same every time, plausible, and contain their stated truths."""

import hashlib
import multiprocessing
import os
import signal

import numpy as np
import pandas as pd
import pytest

from answers.comparison import compare_measure
from answers.library import build_library
from data.reference import curated_measures, measure_sets, places
from data.store.figures import open_lake
from data.store.lake import open_figures
from data.store.writing import write_release
from disclosure.reported import disclose_reported
from disclosure.writing import stored_rows
from domain.comparison import Trend
from domain.group import GroupReference
from domain.measure import CountModel
from domain.place import NATION_CODE, PlaceKind
from domain.value import Gender, Status
from language.rendering import render
from pipelines.demonstration import catalogue, lake, truths
from pipelines.demonstration.lake import SEED, ensure_values, generate_values, make_values
from pipelines.demonstration.profiles import profiles
from pipelines.demonstration.releases import earlier_state, later_state
from tests.homes import home_at

KEY = ["kpi_id", "municipality_id", "year", "gender"]


@pytest.fixture(scope="module")
def values():
    return generate_values()


@pytest.fixture(scope="module")
def series(values):
    """(kpi, municipality, gender) -> value by year, with NaN where there is none and no entry where never reported."""
    return values.set_index(["kpi_id", "municipality_id", "gender", "year"]).sort_index()


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("it's a home")


@pytest.fixture(scope="module")
def figures(home):
    assert ensure_values(home_at(home).lakes.made_up)
    with open_figures(home_at(home)) as opened:
        yield opened


def series_of(series, kpi_id, code, gender="T"):
    return series.loc[(kpi_id, code, gender)]


def by_year(values, kpi_id):
    """Places down, years across; the total."""
    chosen = values[(values["kpi_id"] == kpi_id) & (values["gender"] == "T")]
    return chosen.pivot_table(index="municipality_id", columns="year", values="value")


def test_the_same_seed_gives_the_same_values(values):
    pd.testing.assert_frame_equal(values, generate_values())


def test_another_seed_gives_others(values):
    others = generate_values(SEED + 1)
    both = values.merge(others, on=KEY, suffixes=("", "_other"))
    assert (both["value"] == both["value_other"]).mean() < 0.1


def test_every_curated_measure_has_values_for_most_municipalities(values):
    in_latest_year = values[values["value"].notna() & values["municipality_id"].isin(_municipalities())]
    counts = in_latest_year.groupby("kpi_id")["municipality_id"].nunique()
    assert set(counts.index) == set(curated_measures())
    assert counts.min() > 290 * 0.4


def test_a_cell_is_reported_once_and_holds_a_number_or_a_reason(values):
    assert not values.duplicated(KEY).any()
    assert (values["value"].isna() != values["reason"].isna()).all()
    assert np.isfinite(values["value"].dropna()).all()


def test_values_stay_within_what_is_believable(values):
    by_kpi = values.groupby("kpi_id")["value"].agg(["min", "max"])
    for profile in profiles():
        if curated_measures()[profile.kpi_id].basis is None and profile.kpi_id not in _with_a_new_level():
            assert by_kpi.loc[profile.kpi_id, "min"] >= profile.lowest
            assert by_kpi.loc[profile.kpi_id, "max"] <= profile.highest


def test_women_and_men_make_up_the_inhabitants(series):
    total, women, men = (
        series["value"].xs(("N01951", gender), level=("kpi_id", "gender")) for gender in "TKM"
    )
    assert ((women + men) == total).all()


def test_a_value_with_a_denominator_has_a_whole_numerator(series):
    for measure in curated_measures().values():
        if measure.basis is None:
            continue
        for gender in "TKM":
            rates = series["value"][series.index.get_level_values("kpi_id") == measure.kpi_id].droplevel(
                "kpi_id"
            )
            below = series["value"].xs(measure.basis.denominator_id, level="kpi_id")
            both = pd.concat([rates, below], axis=1, keys=["rate", "below"]).dropna()
            both = both[both.index.get_level_values("gender") == gender]
            both = both[both.index.get_level_values("municipality_id") >= "0100"]
            numerators = both["rate"] * both["below"] / measure.basis.multiplier
            assert np.allclose(numerators, numerators.round(), atol=1e-6)
            assert measure.basis.model is CountModel.RATE or (numerators <= both["below"]).all()


def test_riket_lies_between_the_lowest_and_the_highest(values):
    shares = by_year(values, "N17461")
    among = shares[shares.index >= "0100"]
    assert ((shares.loc[NATION_CODE] > among.min()) & (shares.loc[NATION_CODE] < among.max()))[2024]


def test_each_reason_occurs_but_most_cells_hold_a_number(values):
    shares = values["reason"].value_counts(normalize=True, dropna=False)
    assert {"missing", "not_applicable", "suppressed"} <= set(shares.index)
    assert values["value"].notna().mean() > 0.95


def test_women_or_men_are_sometimes_hidden_while_the_total_is_shown(values):
    wide = values.pivot_table(index=KEY[:3], columns="gender", values="value", aggfunc="first")
    hidden = values[(values["reason"] == "suppressed") & (values["gender"] != "T")]
    totals = wide["T"].reindex(pd.MultiIndex.from_frame(hidden[KEY[:3]]))
    assert totals.notna().mean() > 0.9


@pytest.mark.parametrize("truth", [*truths.IMPROVES, *truths.WORSENS], ids=lambda truth: truth.kpi_id)
def test_those_who_change_do_so_in_a_straight_line(series, truth):
    line = series_of(series, truth.kpi_id, truth.municipality_id)["value"].loc[
        truth.first_year : truth.last_year
    ]
    step = (truth.last_value - truth.first_value) / (truth.last_year - truth.first_year)
    nearness = max(abs(step) * 0.05, 0.02)  # whole numerators do not hit the line exactly
    assert line.loc[truth.first_year] == pytest.approx(truth.first_value, abs=abs(step) * 0.2)
    assert line.diff().dropna().to_numpy() == pytest.approx(step, abs=abs(step) * 0.2 + nearness)


def test_improving_and_worsening_follow_the_direction_of_the_measure():
    for truth in (*truths.IMPROVES, *truths.WORSENS):
        is_higher = truth.last_value > truth.first_value
        is_better = is_higher == (curated_measures()[truth.kpi_id].direction == "higher")
        assert is_better == (truth in truths.IMPROVES)


@pytest.mark.parametrize("hole", truths.HOLES, ids=lambda hole: f"{hole.kpi_id}-{hole.municipality_id}")
def test_holes_are_suppressed_or_unreported_as_the_truths_say(series, hole):
    profile = next(profile for profile in profiles() if profile.kpi_id == hole.kpi_id)
    years = [year for year in hole.years if year in profile.years]
    assert years
    for gender in hole.genders if profile.is_divided_by_gender else (Gender.TOTAL,):
        if hole.reason is None:
            assert (hole.kpi_id, hole.municipality_id, str(gender)) not in series.index
        else:
            cells = series_of(series, hole.kpi_id, hole.municipality_id, str(gender)).loc[years]
            assert (cells["reason"] == hole.reason).all()
            assert cells["value"].isna().all()
    for gender in set(truths.EVERYONE) - set(hole.genders):
        assert (
            series_of(series, hole.kpi_id, hole.municipality_id, str(gender))
            .loc[years, "value"]
            .notna()
            .all()
        )


def test_a_zero_is_a_number(series):
    kpi_id, code, year = truths.ZERO
    assert series_of(series, kpi_id, code).loc[year, "value"] == 0


def test_a_new_level_comes_in_its_year_for_nearly_everybody(values):
    for level_break in truths.LEVEL_BREAKS:
        if level_break.first_year is None:
            continue
        wide = by_year(values, level_break.kpi_id)
        ratio = wide[level_break.first_year] / wide[level_break.first_year - 1]
        assert ratio.median() == pytest.approx(level_break.factor, rel=0.05)
        before = wide[level_break.first_year - 1] / wide[level_break.first_year - 2]
        assert before.median() == pytest.approx(1, rel=0.05)


def test_the_earlier_release_knew_nothing_of_the_last_year(values):
    assert earlier_state(values)["year"].max() == truths.LAST_YEAR - 1


def test_the_later_release_changes_exactly_what_the_truths_say(values):
    earlier = earlier_state(values)
    later = later_state(values)
    both = earlier.merge(later[~later["is_deleted"]], on=KEY, suffixes=("_old", "_new"))
    changed = both[both["value_old"].notna() & (both["value_old"] != both["value_new"])]
    revised = {truth.kpi_id for truth in truths.REVISED}
    rescaled = {level_break.kpi_id for level_break in truths.LEVEL_BREAKS if level_break.first_year is None}
    assert set(changed["kpi_id"]) == revised | rescaled | {truths.REISSUED_WITH_OTHER_ROUNDING}
    assert 200 <= changed["kpi_id"].isin(revised).sum() <= 400
    rounded = changed[changed["kpi_id"] == truths.REISSUED_WITH_OTHER_ROUNDING]
    assert (rounded["value_old"] - rounded["value_new"]).abs().max() <= 0.05 + 1e-9
    assert set(
        later[later["is_deleted"]][["kpi_id", "municipality_id"]].itertuples(index=False, name=None)
    ) == {truths.WITHDRAWN_SERIES}


def test_all_290_have_seven_similar_ones_and_are_not_among_them():
    municipalities = [place for place in places().values() if place.kind is PlaceKind.MUNICIPALITY]
    near = catalogue.similar(municipalities)
    assert len(near) == 290
    assert all(len(set(codes)) == 7 and code not in codes for code, codes in near.items())
    assert near["0180"][:2] == ("1480", "1280")  # Stockholm is most like Göteborg and Malmö


def test_nothing_made_up_names_a_real_source():
    frame = catalogue.kpis(profiles(), curated_measures(), measure_sets(), is_earlier=False)
    assert not frame["description"].str.contains("Kolada|Källa").any()
    assert frame["description"].str.startswith("Påhittade").all()
    assert (frame["unit"] != "").all()


def test_the_store_holds_two_made_up_releases(figures):
    releases = figures.releases()
    assert len(releases) == 2
    assert all(release.is_made_up for release in releases)
    assert render(releases[-1].source, str) == "Påhittade demonstrationsvärden"


def test_the_store_lists_what_was_revised(figures):
    earlier, later = figures.releases()
    revisions = stored_rows(
        figures.revisions(earlier, later, kpi_ids=[truth.kpi_id for truth in truths.REVISED])
    )
    changed = revisions[revisions["change"] == "changed"]
    assert set(changed["kpi_id"]) == {truth.kpi_id for truth in truths.REVISED}
    kpi_id, code = truths.WITHDRAWN_SERIES
    withdrawn = stored_rows(figures.revisions(earlier, later, kpi_ids=[kpi_id]))
    assert set(withdrawn[withdrawn["change"] == "withdrawn"]["municipality_id"]) == {code}


def test_the_store_knows_the_breaks_and_the_unit_before_and_after(figures):
    earlier, later = figures.releases()
    assert figures.level_breaks(earlier).empty
    breaks = figures.level_breaks(later).set_index("kpi_id")
    rescaled = next(level_break for level_break in truths.LEVEL_BREAKS if level_break.first_year is None)
    assert breaks.loc[rescaled.kpi_id, "factor"] == rescaled.factor
    units = [
        figures.kpis(release).set_index("id").loc[rescaled.kpi_id, "unit"] for release in (earlier, later)
    ]
    assert units == ["per 100\u00a0000 inv", "per 1\u00a0000 inv"]


def test_the_real_networks_are_there(figures):
    release = figures.latest_release()
    assert set(figures.group_members(release, "G96274")) == set(truths.SODERTORN)
    assert len(figures.municipality_groups(release)) == 3 + 290


@pytest.mark.parametrize(
    ("kpi_id", "code", "trend"),
    [
        ("N31807", "0127", Trend.DECREASING),
        ("N09890", "0138", Trend.INCREASING),
        ("N07403", "0181", Trend.INCREASING),
    ],
)
def test_a_known_development_is_found_to_be_a_trend(figures, kpi_id, code, trend):
    assert _compared(figures, kpi_id).member(code).trend == trend


def test_suppressed_missing_and_never_reported_values_are_distinguished(figures):
    statuses = {
        ("N15428", "0140"): Status.SUPPRESSED,
        ("N17813", "0140"): Status.NOT_APPLICABLE,
        ("N09811", "0128"): Status.MISSING,
        ("N09805", "0192"): Status.NOT_REPORTED,
        ("N09805", "0140"): Status.OK,  # zero
    }
    for (kpi_id, code), status in statuses.items():
        assert _compared(figures, kpi_id).member(code).status == status


def test_no_trend_is_given_across_a_new_level(figures):
    for level_break in truths.LEVEL_BREAKS:
        if level_break.first_year:
            assert level_break.first_year in _compared(figures, level_break.kpi_id).break_years


def test_making_it_again_changes_nothing(home, figures):
    before = figures.latest_release()
    assert not ensure_values(home_at(home).lakes.made_up)
    assert not make_values(home_at(home).lakes.made_up, again=False).is_new
    assert figures.latest_release() == before


def test_values_that_stay_the_same_are_not_made_again_by_newer_code(figures, values):
    """If this fails, either the values changed by mistake or they need a new `VALUES_VERSION`, and this a new digest."""
    states = pd.concat([earlier_state(values), later_state(values)])
    states["value"] = states["value"].round(6)
    texts = [
        catalogue.kpis(profiles(), curated_measures(), measure_sets(), is_earlier=is_earlier)
        for is_earlier in (True, False)
    ]
    tables = [states, *texts, catalogue.municipalities(places()), *catalogue.groups(places())]
    digest = hashlib.sha256()
    for table in tables:
        digest.update(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes())
    assert (lake.VALUES_VERSION, digest.hexdigest()[:16]) == ("f0ff321c", "2df2cdaa1d4d9b4c")


def test_a_home_made_before_the_version_was_given_by_hand_is_left_as_it_is(figures):
    assert [release.run_id for release in figures.releases()] == [
        "demonstration-1-f0ff321c",
        "demonstration-2-f0ff321c",
    ]


def test_a_practice_upload_leaves_the_made_up_network_complete(tmp_path):
    assert _ensure_small(tmp_path)
    home = home_at(tmp_path)
    cell = {"measure_id": "matt", "municipality_id": "0136", "period": "2023", "gender": "T", "value": 1.0}
    rest = {"reason": None, "basis": None, "footnote": "", "upload_id": "upload-1", "is_deleted": False}
    write_release(
        home.demonstration,
        lambda writer: writer.merge_reported_values(pd.DataFrame([cell | rest])),
        run_id="upload-1-2",
        description="Haninge, 2023",
        is_made_up=True,
        details={"upload_id": "upload-1"},
    )

    assert not ensure_values(home.lakes.made_up)
    with open_figures(home) as opened:
        assert disclose_reported(opened.reported_values(opened.latest_release())).table["value"].tolist() == [
            1.0
        ]


def test_two_that_start_at_once_make_one_demonstration(tmp_path):
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        made = pool.map(_ensure_small, [tmp_path, tmp_path])
    assert sorted(made) == [False, True]
    with open_figures(home_at(tmp_path)) as opened:
        assert len(opened.releases()) == 2


def test_a_killed_run_leaves_nothing_half_made(tmp_path):
    killed = multiprocessing.get_context("spawn").Process(
        target=_be_killed_at_the_second_release, args=[tmp_path]
    )
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert open_lake(home_at(tmp_path).demonstration) is None
    assert _ensure_small(tmp_path)
    with open_figures(home_at(tmp_path)) as opened:
        assert len(opened.releases()) == 2


def _ensure_small(home):
    """As `ensure_values`, with the values of one measure only."""
    whole = generate_values()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lake, "generate_values", lambda: whole[whole["kpi_id"] == "N15428"])
        return ensure_values(home_at(home).lakes.made_up)


def _be_killed_at_the_second_release(home):
    write = lake._release

    def killed(location, file, run, state):
        if run == lake.LATER:
            os.kill(os.getpid(), signal.SIGKILL)
        write(location, file, run, state)

    lake._release = killed
    _ensure_small(home)


def _compared(figures, kpi_id):
    library = build_library(figures, figures.latest_release())
    group = library.groups.resolve(GroupReference.parse("kolada:G96274"))
    return compare_measure(library, measure_id=kpi_id, group=group)


def _municipalities():
    return [place.code for place in places().values() if place.kind is PlaceKind.MUNICIPALITY]


def _with_a_new_level():
    return {level_break.kpi_id for level_break in truths.LEVEL_BREAKS}
