"""The workspace behaves the same in PostgreSQL: the log only grows, one of many saves wins, every character comes back."""

from dataclasses import replace
from threading import Thread

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from data.workspace.audit import audit_log
from data.workspace.networks import create_network, network, save_network
from data.workspace.people import ensure_people
from data.workspace.use_counts import count_use
from domain.errors.networks import NameTakenError
from domain.errors.people import NotAllowedError
from domain.errors.storage import ChangedMeanwhileError
from tests.data.conftest import TODAY, sodertorn
from tests.data.test_shared_store import postgres_url  # noqa: F401 - a fixture
from tests.homes import home_at


@pytest.fixture(scope="module")
def shared(postgres_url, tmp_path_factory):  # noqa: F811
    chosen = home_at(tmp_path_factory.mktemp("home"), {"JAMFOR_WORKSPACE": postgres_url})
    create_network(
        chosen.workspace,
        ensure_people(chosen.workspace)[0],
        sodertorn(aim="'; DROP TABLE x; -- 𝄞 <b>"),
        TODAY,
    )
    yield chosen.workspace
    chosen.workspace.close()


def test_text_comes_back_unchanged_and_a_refusal_is_logged(shared):
    people = ensure_people(shared)
    stored = network(shared, "sodertorn")

    assert stored.aim == "'; DROP TABLE x; -- 𝄞 <b>"
    with pytest.raises(NotAllowedError):
        save_network(shared, people[-1], replace(stored, aim="Kapad"), TODAY)
    assert network(shared, "sodertorn") == stored
    assert audit_log(shared, people[0], most=1)[0].after["aim"] == "Kapad"
    with pytest.raises(NameTakenError):
        create_network(shared, people[0], sodertorn(), TODAY)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET person_name = 'Ingen'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_the_log_cannot_be_altered_even_by_sql(shared, statement):
    before = audit_log(shared, ensure_people(shared)[0])

    with (
        pytest.raises(DBAPIError, match="the audit log only grows"),
        shared.engine.begin() as connection,
    ):
        connection.execute(text(statement))

    assert audit_log(shared, ensure_people(shared)[0]) == before


def test_of_many_simultaneous_saves_one_is_stored_and_the_others_are_refused(shared):
    administrator = ensure_people(shared)[0]
    read = network(shared, "sodertorn")
    saved, refusals = [], []

    def save(number):
        try:
            saved.append(save_network(shared, administrator, replace(read, aim=f"Syfte {number}"), TODAY))
        except ChangedMeanwhileError as error:
            refusals.append(str(error))

    threads = [Thread(target=save, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [network(shared, "sodertorn")] == saved
    assert len(refusals) == 3
    assert all(saved[0].aim in message for message in refusals)


def test_a_page_view_that_cannot_be_counted_does_not_disturb_the_page(shared, caplog):
    with shared.engine.connect() as busy:
        busy.execute(text("LOCK TABLE use_count IN ACCESS EXCLUSIVE MODE"))
        count_use(shared, "matt", TODAY)
        busy.rollback()
    assert "was not counted" in caplog.text

    count_use(shared, "matt", TODAY)
    count_use(shared, "matt", TODAY)
    with shared.engine.connect() as connection:
        assert connection.scalar(text("SELECT count FROM use_count")) == 2
