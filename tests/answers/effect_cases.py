"""Cases as tests write them."""

from datetime import date

from domain.case import Aim, AimDirection, Case, CaseStatus
from domain.story import Standing

day = date


def made_case(
    id_,
    code,
    started_on,
    *,
    aims=("N15428",),
    title="Ett exempel",
    status=CaseStatus.RUNNING,
    is_made_up=False,
    direction=AimDirection.INCREASE,
    size=None,
    by_year=None,
    stated_on=date(2016, 5, 1),
    also_in=(),
):
    return Case(
        Standing(id_, is_made_up=is_made_up),
        title,
        "Hur?",
        code,
        status,
        started_on=started_on,
        aims=tuple(Aim(aim, direction, stated_on, size, by_year) for aim in aims),
        also_in=tuple(also_in),
    )
