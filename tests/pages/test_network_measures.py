"""Mått i nätverket: the life of a measure, as members and others see it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from streamlit.testing.v1 import AppTest

from data.workspace import measures, targets
from data.workspace.comparability import statements
from data.workspace.workspace import Workspace
from domain.comparability import Comparability
from domain.network import Network
from domain.network_measure import MeasureSource, MeasureState, NetworkMeasure
from domain.rights import Person

OpenPage = Callable[..., AppTest]
PageHtml = Callable[[AppTest], str]
Propose = Callable[..., NetworkMeasure]


def state(workspace: Workspace, measure: NetworkMeasure, actor: Person) -> MeasureState:
    return measures.measure(workspace, measure.id, actor=actor).state


def test_the_list_counts_the_stories_in_each_state(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose
):
    proposed(sodertorn, "I bruk", until=MeasureState.IN_USE)
    proposed(sodertorn, "Ett förslag")
    page = open_page_as("member-huddinge", "network_measures")
    assert not page.exception
    html = page_html(page)
    assert "<span>föreslaget</span><strong>1</strong>" in html
    assert "<span>i bruk</span><strong>1</strong>" in html
    assert "Ett förslag</a>" in html
    assert "Ett förslag" not in page_html(open_page_as("visitor", "network_measures", kommun="0127"))


def test_kpis_are_proposed_as_they_are(
    open_page_as: OpenPage,
    page_html: PageHtml,
    sodertorn: Network,
    workspace: Workspace,
    administrator: Person,
):
    page = open_page_as("coordinator", "network_measures")
    page.text_input(key="propose-kpis-other").set_value("N15428, N17461")
    page.button(key="save-proposal").click().run()
    assert not page.exception
    stored = measures.network_measures(workspace, sodertorn.id, actor=administrator)
    assert {measure.definition.expression for measure in stored} == {"N15428", "N17461"}
    page.text_input(key="propose-kpis-other").set_value("N15428")
    page.button(key="save-proposal").click().run()
    assert "finns redan i nätverket Södertörn" in page_html(page)


def test_a_measure_is_led_from_proposal_into_use_with_votes_words_and_minutes(
    open_page_as: OpenPage,
    page_html: PageHtml,
    sodertorn: Network,
    proposed: Propose,
    workspace: Workspace,
    administrator: Person,
):
    measure = proposed(sodertorn, "Examen")
    leader = open_page_as("coordinator", "network_measures", natverksmatt=measure.id)
    assert 'aria-current="step"><span>föreslaget' in page_html(leader)
    leader.button(key="save-step").click().run()

    member = open_page_as("member-huddinge", "network_measures", natverksmatt=measure.id)
    member.text_area(key=f"comment-{measure.id}-text").set_value("'; DROP TABLE network; -- <script>")
    member.button(key="save-comment").click().run()
    assert "&#39;; DROP TABLE network; -- &lt;script&gt;" in page_html(member)
    member.button(key="vote-for").click().run()
    assert "Huddinge har röstat för." in page_html(member)
    assert "save-step" not in [button.key for button in member.button]

    leader.run()
    leader.button(key="save-step").click().run()
    assert "Ange vilken dag det beslutades och i vilket protokoll" in page_html(leader)
    leader.text_input(key=f"decide-{measure.id}-minutes").set_value("Mötet, § 4")
    leader.button(key="save-step").click().run()
    assert state(workspace, measure, administrator) is MeasureState.DECIDED
    leader.button(key="save-step").click().run()
    assert state(workspace, measure, administrator) is MeasureState.IN_USE
    assert "<small>Mötet, § 4</small>" in page_html(leader)


def test_a_new_definition_is_shown_beside_the_old_with_differences_marked(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose, workspace: Workspace
):
    measure = proposed(sodertorn, "Examen", until=MeasureState.IN_USE)
    page = open_page_as("coordinator", "network_measures", natverksmatt=measure.id, **{"del": "Definition"})
    form = f"redefine-{measure.id}"
    page.number_input(key=f"{form}-first_year").set_value(2019)
    page.text_input(key=f"{form}-changed_because").set_value("Fristående skolor räknas med")
    page.text_area(key=f"{form}-included").set_value("Alla skolor")
    page.selectbox(key=f"{form}-source").set_value(MeasureSource.FORMULA)
    page.text_input(key=f"{form}-expression").set_value("N17461 + (")
    page.button(key="save-definition").click().run()
    assert "Tecken 11" in page_html(page)
    assert page.text_area(key=f"{form}-included").value == "Alla skolor"
    page.text_input(key=f"{form}-expression").set_value("glidande(N17461; 3)")
    page.button(key="save-definition").click().run()
    assert not page.exception
    assert "Menade du" in page_html(page)
    page.text_input(key=f"{form}-expression").set_value("(N17461 + N17461) / 2")
    page.button(key="save-definition").click().run()
    assert measures.measure(workspace, measure.id).break_years == (2019,)
    html = page_html(page)
    assert "Version 2, från 2019" in html
    assert '<td class="differs"><mark><span class="unseen">ändrat: </span>Alla skolor</mark>' in html


def test_the_second_to_reword_learns_which_part_of_the_definition_changed(
    open_page_as: OpenPage,
    page_html: PageHtml,
    sodertorn: Network,
    proposed: Propose,
    workspace: Workspace,
    administrator: Person,
):
    measure = proposed(sodertorn, "Examen")
    page = open_page_as("coordinator", "network_measures", natverksmatt=measure.id, **{"del": "Definition"})
    changed = replace(measure.definition, responsible="Kansliet")
    measures.amend(workspace, administrator, measure, changed)
    form = f"reword-{measure.id}"
    page.text_area(key=f"{form}-not_included").set_value("Vuxna")
    page.button(key="save-wording").click().run()
    assert "I definitionen: ansvarig funktion ”Kansliet”." in page_html(page)
    assert page.text_area(key=f"{form}-not_included").value == "Vuxna"
    page.button(key="save-wording").click().run()
    definition = measures.measure(workspace, measure.id, actor=administrator).definition
    assert (definition.not_included, definition.responsible) == ("Vuxna", "Kansliet")


def test_a_member_is_marked_as_not_comparable(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose, workspace: Workspace
):
    measure = proposed(sodertorn, "Examen", until=MeasureState.IN_USE)
    page = open_page_as(
        "controller-haninge", "network_measures", natverksmatt=measure.id, **{"del": "Jämförbarhet"}
    )
    form = f"statement-{measure.id}-0136"
    page.radio(key=f"{form}-flag").set_value(Comparability.NOT_COMPARABLE)
    page.text_input(key=f"{form}-operator").set_value("Köper all verksamhet")
    page.button(key="save-statement").click().run()
    assert not page.exception
    (statement,) = statements(workspace, sodertorn.id, measure.id)
    assert (statement.municipality_code, statement.flag) == ("0136", Comparability.NOT_COMPARABLE)
    assert "inte jämförbar" in page_html(page)


def test_a_target_is_set_and_removed(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose, workspace: Workspace
):
    measure = proposed(sodertorn, "Examen", until=MeasureState.IN_USE)
    page = open_page_as("coordinator", "network_measures", natverksmatt=measure.id, **{"del": "Mål"})
    page.button(key="save-target").click().run()
    assert "Ange ett lägsta värde" in page_html(page)
    page.number_input(key=f"target-{measure.id}-low").set_value(80.0)
    page.button(key="save-target").click().run()
    assert "minst 80,0\u00a0%" in page_html(page)
    page.button(key=f"remove-network-{datetime.now(UTC).year}").click().run()
    assert targets.targets(workspace, sodertorn.id) == ()


def test_retirement_needs_a_reason(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose, workspace: Workspace
):
    measure = proposed(sodertorn, "Examen", until=MeasureState.IN_USE)
    page = open_page_as("coordinator", "network_measures", natverksmatt=measure.id)
    page.button(key="save-retirement").click().run()
    assert "Ange varför det avvecklas" in page_html(page)
    page.text_area(key=f"retire-{measure.id}-reason").set_value("Ingen använder det")
    page.button(key="save-retirement").click().run()
    assert measures.measure(workspace, measure.id).state is MeasureState.RETIRED


def test_a_proposal_is_unknown_to_a_visitor_and_a_step_by_address_is_refused(
    open_page_as: OpenPage, page_html: PageHtml, sodertorn: Network, proposed: Propose
):
    measure = proposed(sodertorn, "Hemligt", until=MeasureState.DISCUSSED)
    html = page_html(open_page_as("visitor", "network_measures", kommun="0127", natverksmatt=measure.id))
    assert "Det finns inget mått med beteckningen" in html
    page = open_page_as("controller-haninge", "network_measures", natverksmatt=measure.id, gor="besluta")
    assert "Controller, Haninge har inte rätt att besluta om" in page_html(page)
    assert "save-step" not in [button.key for button in page.button]
