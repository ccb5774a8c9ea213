"""Mätverkstad, opened as a reader opens it, on made-up values."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.parts import local_server, person
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import render_template
from app_pages.workshop.show import mark_positions
from data.workspace import measures
from data.workspace.audit import audit_log
from data.workspace.measures import network_measures
from data.workspace.networks import create_network
from data.workspace.networks import network as kept_network
from data.workspace.people import DEMONSTRATION_PEOPLE, ensure_people
from domain.audit import Outcome
from domain.measure import Direction, MeasureKind
from domain.network import Membership, Network
from domain.network_measure import LifeEvent, MeasureDefinition, MeasureSource, MeasureState
from domain.place import PlaceKind
from domain.rights import Action

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]

ADMINISTRATOR = DEMONSTRATION_PEOPLE[0]
SIX = ("0127", "0136", "0126", "0140", "0192", "0128")


@pytest.fixture
def workspace(demonstration, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A workspace with one network, on a server that only its own machine reaches."""
    monkeypatch.setenv("JAMFOR_WORKSPACE", f"sqlite:///{tmp_path / 'workspace.sqlite'}")
    monkeypatch.setattr(local_server, "is_local", lambda: True)
    today = datetime.now(UTC).date()
    stays = tuple(Membership(code, today - timedelta(days=365)) for code in SIX)
    create_network(
        get_workspace(), ADMINISTRATOR, Network("", "Sex söderut", PlaceKind.MUNICIPALITY, stays), today
    )
    ensure_people(get_workspace())
    return get_workspace()


def acting(app: AppTest, who: str) -> AppTest:
    app.session_state[person.ACTING] = who
    return app.run()


def proposed_measures(workspace):
    return network_measures(workspace, "sex-soderut", actor=ADMINISTRATOR)


def test_an_empty_workshop_says_what_to_do(open_page: OpenPage, page_html: PageHtml):
    app = open_page("workshop", kommun="0127")
    assert not app.exception
    assert "Sök nyckeltal här bredvid" in page_html(app)
    assert 'role="alert"' not in page_html(app)


def test_a_formula_shows_its_unit_the_last_years_and_the_coloured_row(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = open_page("workshop", kommun="0127", formel="(N17461 + N15428) / 2")
    assert not app.exception
    html = page_html(app)
    assert "<dt>Enhet</dt><dd>%</dd>" in html
    assert " av 6 har värde " in html
    assert html.count('class="mine"><th scope="row">Botkyrka</th>') == 1
    assert 'class="rug' in html
    (rug,) = re.findall(r'<table class="rug.*?</table>', html, re.DOTALL)
    assert all(f">{name}</th>" in rug for name in ("Botkyrka", "Haninge", "Salem"))


def test_missing_values_are_reported_for_the_inputs_and_the_result(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    html = page_html(open_page("workshop", kommun="0127", formel="N15428 + 0"))
    assert "Nykvarn: för litet underlag." in html  # a known truth of the made-up values


@pytest.mark.parametrize(
    ("formula", "mark", "complaint"),
    [
        ("N15428 + N01951", "+", "går inte att lägga ihop"),
        ("mxe(N15428; N17461)", "mxe", "Menade du"),
        ("N15428 + N99999", "N99999", "Det finns inget nyckeltal"),
        ("__import__('os')", "__import__", "kan inte stå"),
        ("N15428 *", "&nbsp;", "slutar mitt i"),
    ],
)
def test_the_error_is_marked_in_the_formula(
    workspace, open_page: OpenPage, page_html: PageHtml, formula: str, mark: str, complaint: str
):
    app = open_page("workshop", kommun="0127", formel=formula)
    assert not app.exception
    html = page_html(app)
    assert f"<mark>{mark}</mark>" in html
    assert complaint in html
    assert 'class="rug' not in html


def test_ten_thousand_characters_are_refused_politely(open_page: OpenPage, page_html: PageHtml):
    app = open_page("workshop", kommun="0127", formel="1+" * 5_000)
    assert not app.exception
    assert "10\u00a0000 tecken" in page_html(app) or "10 000 tecken" in page_html(app)


def test_markup_and_quotes_in_a_formula_stay_text(open_page: OpenPage, page_html: PageHtml):
    html = page_html(open_page("workshop", kommun="0127", formel="<script>alert('x')</script>"))
    assert "alert('x')" not in html.replace("&#39;", "’")
    assert "&lt;" in html


def test_the_word_at_the_position_is_marked_and_the_rest_is_kept():
    def marked(formula: str, positions: list[int]) -> str:
        return render_template(
            "workshop/errors.html", pieces=mark_positions(formula, positions), sentences=[]
        )

    assert (
        '<pre class="formula-marked"><code>a <mark>&lt;</mark>b <mark>&amp;</mark> c</code></pre>'
        in marked("a <b & c", [3, 6])
    )
    assert "<mark>&nbsp;</mark>" in marked("a +", [99])


def test_writing_a_formula_puts_it_into_the_address(open_page: OpenPage):
    app = open_page("workshop", kommun="0127")
    app.text_area("choice-formel").set_value("N17461 * 2").run()
    assert app.query_params["formel"] == "N17461 * 2"
    assert not app.exception


def test_a_search_finds_kpis_and_a_click_adds_them_to_the_formula(open_page: OpenPage, page_html: PageHtml):
    app = open_page("workshop", kommun="0127", formel="100 -", sok="N17461")
    app.button("add-N17461").click().run()
    assert app.query_params["formel"] == "100 - N17461"
    assert app.text_area("choice-formel").value == "100 - N17461"
    assert "<dt>Enhet</dt>" in page_html(app)


def test_a_visitor_can_try_but_is_not_shown_the_form(workspace, open_page: OpenPage, page_html: PageHtml):
    app = open_page("workshop", kommun="0127", formel="N17461")
    assert "Pröva gärna formler ändå" in page_html(app)
    assert not [button for button in app.button if button.key == "propose-measure"]


def test_a_coordinator_proposes_a_formula_with_its_definition(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("workshop", kommun="0127", formel="(N17461 + N15428) / 2"), "coordinator")
    form = "new-measure-formula"
    app.text_input(f"{form}-name").set_value("Skolan i två tal")
    app.selectbox(f"{form}-direction").set_value(Direction.HIGHER)
    app.text_area(f"{form}-included").set_value("Alla; även 'fristående' -- DROP TABLE")
    app.text_input(f"{form}-section").set_value("Skola")
    app.button("propose-measure").click().run()
    assert not app.exception
    assert "Skolan i två tal är föreslaget" in page_html(app)
    (measure,) = proposed_measures(workspace)
    assert measure.state is MeasureState.PROPOSED
    assert measure.section == "Skola"
    definition = measure.definition
    assert (definition.source, definition.unit) == (MeasureSource.FORMULA, "%")
    assert definition.direction is Direction.HIGHER
    assert 2000 < definition.first_year < 2020  # the first with values, not today's
    assert definition.included == "Alla; även 'fristående' -- DROP TABLE"


def test_the_direction_of_the_form_colours_the_row_at_once(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("workshop", kommun="0127", formel="(N17461 + N15428) / 2"), "coordinator")
    assert not re.search(r'class="(mine|other) (green|red|yellow)"', page_html(app))
    app.selectbox("new-measure-formula-direction").set_value(Direction.HIGHER).run()
    assert re.search(r'class="(mine|other) (green|red|yellow)"', page_html(app))


def test_the_smallest_basis_of_the_form_hides_values_at_once(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("workshop", kommun="0127", formel="per_1000(N01951; N01951)"), "coordinator")
    assert "6 av 6 har värde" in page_html(app)
    app.number_input("new-measure-formula-smallest_basis").set_value(50_000).run()
    assert not app.exception
    assert "Nykvarn: för litet underlag." in page_html(app)


def test_a_measure_without_a_name_is_refused_at_the_form_and_nothing_is_lost(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("workshop", kommun="0127", formel="N17461 * 2"), "coordinator")
    app.text_area("new-measure-formula-included").set_value("Allt").run()
    app.button("propose-measure").click().run()
    assert "Fältet ”namn” är tomt" in page_html(app)
    assert app.text_area("new-measure-formula-included").value == "Allt"
    assert proposed_measures(workspace) == ()


def test_a_wrong_formula_is_not_proposed(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(open_page("workshop", kommun="0127", formel="N15428 + N01951"), "coordinator")
    app.text_input("new-measure-formula-name").set_value("Fel")
    app.button("propose-measure").click().run()
    assert "Det gick inte att spara" in page_html(app)
    assert proposed_measures(workspace) == ()


def test_a_kpi_as_it_is_brings_its_own_words(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(open_page("workshop", kommun="0127", av="nyckeltal", formel="N17461"), "coordinator")
    assert app.text_input("new-measure-N17461-name").value
    app.button("propose-measure").click().run()
    (measure,) = proposed_measures(workspace)
    assert (measure.definition.source, measure.definition.expression) == (MeasureSource.KPI, "N17461")


def test_an_own_variable_is_proposed_without_values(workspace, open_page: OpenPage, page_html: PageHtml):
    app = acting(open_page("workshop", kommun="0127", av="egen", formel="platser_i_simskola"), "coordinator")
    app.text_input("new-measure-own-name").set_value("Platser i simskola")
    app.text_input("new-measure-own-unit").set_value("antal")
    app.button("propose-measure").click().run()
    assert not app.exception
    (measure,) = proposed_measures(workspace)
    assert measure.variable_name == "platser_i_simskola"


def test_a_measure_that_is_only_proposed_can_be_named_by_who_may_see_it(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("workshop", kommun="0127", av="nyckeltal", formel="N17461"), "coordinator")
    app.text_input("new-measure-N17461-name").set_value("Hemlig")
    app.button("propose-measure").click().run()
    named = {"kommun": "0127", "formel": "hemlig + 1"}
    seen = acting(open_page("workshop", **named), "coordinator")
    assert "<dt>Enhet</dt><dd>%</dd>" in page_html(seen)
    unseen = open_page("workshop", **named)
    assert "Det finns inget nyckeltal, eget värde eller mått som heter ”hemlig”" in page_html(unseen)


def test_a_controller_who_asks_by_address_is_refused_and_noted(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(
        open_page("workshop", kommun="0136", formel="N17461 * 2", foresla="ja"), "controller-haninge"
    )
    app.text_input("new-measure-formula-name").set_value("Mitt mått")
    app.button("propose-measure").click().run()
    assert not app.exception
    assert "Controller, Haninge har inte rätt att föreslå mått" in page_html(app)
    assert proposed_measures(workspace) == ()
    (refused,) = audit_log(workspace, ADMINISTRATOR, outcome=Outcome.REFUSED)
    assert (refused.person_id, refused.action) == ("controller-haninge", Action.PROPOSE_MEASURE)


# ---- another definition of a measure that is there ----------------------------------------------------------------


def in_use(workspace):
    """A measure that is in use, and one that is only proposed."""
    network = kept_network(workspace, "sex-soderut")
    given = {
        "version": 1,
        "first_year": 2010,
        "source": MeasureSource.FORMULA,
        "resident_sentence": "",
        "unit": "%",
        "decimals": 1,
        "direction": Direction.HIGHER,
        "kind": MeasureKind.QUALITY,
    }
    measure = measures.propose(
        workspace,
        ADMINISTRATOR,
        network,
        MeasureDefinition(expression="N17461 + 0", name="Examen", **given),
    )
    now = datetime.now(UTC)
    for event in (
        LifeEvent(MeasureState.DISCUSSED, now, ""),
        LifeEvent(MeasureState.DECIDED, now, "", decided_on=now.date(), minutes_reference="§ 1"),
        LifeEvent(MeasureState.IN_USE, now, ""),
    ):
        measure = measures.change_measure_state(workspace, ADMINISTRATOR, measure, event)
    measures.propose(
        workspace,
        ADMINISTRATOR,
        network,
        MeasureDefinition(expression="N15428 + 0", name="Behöriga", **given),
    )
    return measure


def test_a_new_definition_shows_its_break_before_it_is_saved(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    in_use(workspace)
    app = acting(open_page("workshop", kommun="0127", andra="examen"), "coordinator")
    assert not app.exception
    assert "<h1>Mätverkstad: ny definition av Examen</h1>" in page_html(app)
    assert app.text_area("choice-formel").value == "N17461 + 0"
    app.number_input("definition-of-examen-first_year").set_value(2022)
    app.text_area("choice-formel").set_value("(N17461 + N15428) / 2").run()
    assert "Serien bryts 2022: strecket i tabellen." in page_html(app)
    app.text_input("definition-of-examen-changed_because").set_value("Behörigheten hör till")
    app.button("propose-measure").click().run()
    assert not app.exception
    assert "Examen har en ny definition från 2022. Serien bryts där." in page_html(app)
    measure = measures.measure(workspace, "examen")
    assert [definition.first_year for definition in measure.definitions] == [2010, 2022]
    assert measure.definition.expression == "(N17461 + N15428) / 2"


def test_a_new_definition_that_begins_too_early_is_reported_at_once(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    in_use(workspace)
    app = acting(open_page("workshop", kommun="0127", andra="examen"), "coordinator")
    app.number_input("definition-of-examen-first_year").set_value(2010).run()
    assert not app.exception
    assert "En ny definition gäller från ett senare år än den förra" in page_html(app)


def test_a_measure_that_would_depend_on_itself_is_named(workspace, open_page: OpenPage, page_html: PageHtml):
    in_use(workspace)
    app = acting(open_page("workshop", kommun="0127", andra="examen", formel="examen * 2"), "coordinator")
    assert not app.exception
    assert "Måtten räknas ut ur varandra i en ring: Examen → Examen" in page_html(app)


def test_a_proposal_is_reworded_as_a_whole(workspace, open_page: OpenPage, page_html: PageHtml):
    in_use(workspace)
    app = acting(open_page("workshop", kommun="0127", andra="behoriga"), "coordinator")
    app.text_area("choice-formel").set_value("N15428 - 1").run()
    app.button("propose-measure").click().run()
    assert "Ändringen av Behöriga är sparad." in page_html(app)
    (measure,) = [measure for measure in proposed_measures(workspace) if measure.id == "behoriga"]
    assert [definition.expression for definition in measure.definitions] == ["N15428 - 1"]


def test_a_measure_that_cannot_be_changed_here_is_explained(
    workspace, open_page: OpenPage, page_html: PageHtml
):
    app = acting(open_page("workshop", kommun="0127", andra="finns-inte"), "coordinator")
    assert not app.exception
    assert "Det finns inget mått med beteckningen ”finns-inte”" in page_html(app)
