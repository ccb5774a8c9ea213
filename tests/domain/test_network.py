"""Who belongs to a network on which day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors.choices import UnusableGroupError
from domain.errors.networks import (
    AlreadyMemberError,
    BackwardPeriodError,
    MembershipEndsBeforeItBeginsError,
    NetworkSizeError,
    NotMemberError,
)
from domain.errors.user_error import UserError
from domain.network import Membership, Network, check_size, check_stays, days_of_change
from domain.place import PlaceKind

FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=offset) for offset in range(40)]
TEN = tuple(f"01{number:02}" for number in range(10, 20))


def network(codes=TEN[:6], from_day=FIRST, **described):
    stays = tuple(Membership(code, from_day) for code in codes)
    return Network("natet", "Nätet", PlaceKind.MUNICIPALITY, stays, **described)


@given(
    st.lists(
        st.tuples(st.sampled_from(["join", "leave"]), st.sampled_from(TEN[:4]), st.sampled_from(DAYS)),
        max_size=25,
    )
)
def test_members_on_every_day_are_those_whose_joining_was_accepted_and_not_yet_ended(steps):
    current = network(codes=())
    present: dict[str, set[date]] = {code: set() for code in TEN[:4]}  # kept by hand, day by day
    for what, code, day in steps:
        try:
            changed = current.with_member(code, day) if what == "join" else current.without_member(code, day)
        except UserError:
            continue
        current = changed
        present[code] = (
            present[code] | {day_of_stay for day_of_stay in DAYS if day_of_stay >= day}
            if what == "join"
            else {day_of_stay for day_of_stay in present[code] if day_of_stay <= day}
        )
        check_stays(current)  # never two stays at once
    for day in DAYS:
        members = current.members_on(day)
        assert len(members) == len(set(members))
        assert set(members) == {code for code, days in present.items() if day in days}


def test_the_last_day_is_a_day_of_membership_and_the_next_is_not():
    left = network().without_member("0110", date(2026, 6, 30))

    assert "0110" in left.members_on(date(2026, 6, 30))
    assert "0110" not in left.members_on(date(2026, 7, 1))


def test_a_former_member_may_return_the_day_after_and_not_before():
    left = network().without_member("0110", date(2026, 6, 30))

    with pytest.raises(AlreadyMemberError):
        left.with_member("0110", date(2026, 6, 30))
    assert "0110" in left.with_member("0110", date(2026, 7, 1)).members_on(date(2026, 7, 1))


def test_nobody_leaves_before_joining_or_without_being_a_member():
    with pytest.raises(MembershipEndsBeforeItBeginsError):
        network().without_member("0110", FIRST - timedelta(days=1))
    with pytest.raises(NotMemberError):
        network().without_member("0199", FIRST)


@pytest.mark.parametrize("size", [0, 1, 5, 11])
def test_five_and_eleven_are_too_few_and_too_many(size):
    codes = [f"01{number:02}" for number in range(size)]

    with pytest.raises(NetworkSizeError, match=f"skulle få {size}"):
        check_size(network(codes), FIRST)


@pytest.mark.parametrize("size", range(6, 11))
def test_six_to_ten_are_a_network(size):
    check_size(network(TEN[:size]), FIRST)


def test_a_forming_network_may_be_smaller_until_its_stated_day_but_not_alone():
    forming = network(TEN[:3], forming_until=date(2026, 6, 30))

    check_size(forming, date(2026, 6, 30))
    with pytest.raises(NetworkSizeError):
        check_size(forming, date(2026, 7, 1))
    with pytest.raises(NetworkSizeError):
        check_size(network(TEN[:1], forming_until=date(2026, 6, 30)), FIRST)


def test_the_same_municipality_twice_on_one_day_is_refused():
    with pytest.raises(UnusableGroupError, match="står mer än en"):
        check_stays(network((*TEN[:6], TEN[0])))


def test_a_period_runs_forward():
    with pytest.raises(BackwardPeriodError):
        check_stays(network(period_from=date(2026, 1, 1), period_to=date(2025, 12, 31)))


def test_members_change_on_the_day_of_joining_and_the_day_after_the_last():
    changed = network().without_member("0110", date(2026, 6, 30)).with_member("0119", date(2026, 9, 1))

    assert days_of_change(changed, date(2026, 2, 1)) == (date(2026, 2, 1), date(2026, 7, 1), date(2026, 9, 1))
