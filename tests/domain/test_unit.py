"""The unit is read from the end of a KPI's title."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.unit import read_title, tidy_unit

CATALOGUE = Path(__file__).parents[3] / "shared" / "kolada" / "kpi.json"


@pytest.mark.parametrize(
    ("title", "unit", "decimals"),
    [
        ("Elever i åk 9 som är behöriga till yrkesprogram, hemkommun, andel (%)", "%", 1),
        ("Invånare 0-64 år med kommunal hälso- och sjukvård (%)", "%", 1),
        ("Verksamhetens resultat, andel av total driftskostnad (%)", "%", 1),
        ("Nettokostnad, revision, promille av total verksamhetskostnad", "‰", 1),
        ("Personalkostnader, kr/inv", "kr/inv", 0),
        ("Kostnadsutjämningsnetto, kr/inv, 1 nov fg år", "kr/inv", 0),
        ("Kostnad äldreomsorg, kr/inv 80+", "kr/inv 80+", 0),
        ("Verksamhetens resultat kommun, kr/invånare", "kr/inv", 0),
        ("Anmälda stöld- och tillgreppsbrott, antal/100 000 inv", "per 100\u00a0000 inv", 1),
        ("Fotbollsplaner, antal/1000 inv 7-20 år", "per 1\u00a0000 inv 7-20 år", 1),
        ("Födda barn, antal per 1000 kvinnor, 15-44 år", "per 1\u00a0000 kvinnor", 1),
        ("Lån från kommunala bibliotek, antal/inv", "per inv", 1),
        ("Bruttoregionprodukt, kommun (BRP), 1000 kr/invånare", "tkr/inv", 1),
        ("Lönesumma, miljoner kronor", "mnkr", 1),
        ("Utsläpp till luft av växthusgaser totalt, ton CO2-ekv/inv", "ton CO2-ekv/inv", 1),
        ("Invånare totalt, antal", "antal", 0),
        ("Medarbetarengagemang (HME) totalt kommunen - Styrningsindex", "index", 1),
        ("Uppsökande verksamhet, (Ja=1, Nej=2)", "kod", 0),
        ("Demografisk försörjningskvot", "försörjningskvot", 1),
        ("En titel som inget säger", "", 1),
    ],
)
def test_a_title_ends_in_its_unit(title, unit, decimals):
    reading = read_title(title)
    assert (reading.unit, reading.decimals) == (unit, decimals)


def test_odd_spaces_mean_nothing():
    reading = read_title("Andel\u00a0av  något,\u00a0 andel  (%)")
    assert (reading.title, reading.unit) == ("Andel av något, andel (%)", "%")


@pytest.mark.parametrize("ending", ["(-2023)", "(- 2023)", "(–2023)", " (-2023) "])
def test_a_discontinued_kpi_keeps_its_unit_and_says_its_last_year(ending):
    reading = read_title(f"Något, kr/inv {ending}")
    assert (reading.unit, reading.last_year) == ("kr/inv", 2023)


@given(st.text())
def test_any_title_is_read_without_failing_and_reading_it_again_changes_nothing(title):
    reading = read_title(title)
    assert read_title(reading.title) == reading


@given(st.sampled_from(["per 1 000 inv", "per 100 000 inv", "per 1\u00a0000 inv", "antal/1000inv"]))
def test_a_unit_is_tidy_once_tidied(unit):
    assert tidy_unit(tidy_unit(unit)) == tidy_unit(unit)


@pytest.mark.shared
@pytest.mark.skipif(not CATALOGUE.exists(), reason="the development material is not here")
def test_nearly_every_real_title_has_a_unit():
    titles = [row["title"] for row in json.loads(CATALOGUE.read_text(encoding="utf-8"))]
    without = [title for title in titles if not read_title(title).unit]
    assert len(titles) == 6099
    assert len(without) <= 0.01 * len(titles), without[:20]
