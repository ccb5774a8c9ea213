"""Render a method as an article with what it takes beside it. The markup is in `method_article.html`."""

from collections.abc import Sequence

from markupsafe import Markup

from app_pages.parts.story import Surroundings, render_article
from app_pages.parts.words import _, capitalize_first, language, ngettext
from domain.cooperation_method import METHOD_KIND_NAMES, CooperationMethod
from language.numbers import number

_HOUR = 60  # minutes
_LONGEST_IN_MINUTES = 100  # longer times are read as hours

CaseLink = tuple[str, str, str]  # address, title and place


def render_method(
    method: CooperationMethod,
    around: Surroundings,
    *,
    is_draft: bool = False,
    has_heading: bool = False,
    cases: Sequence[CaseLink] | None = None,
) -> Markup:
    """Render a method as an article. `cases` are those that used it, None to say nothing of them."""
    return render_article(
        "parts/method_article.html",
        method,
        around,
        is_draft=is_draft,
        has_heading=has_heading,
        kind=capitalize_first(_(METHOD_KIND_NAMES[method.kind])),
        time=describe_time(method),
        people=describe_people(method),
        cases=cases,
    )


def describe_time(method: CooperationMethod) -> str:
    """Describe how long it takes: `75 minuter`, `8 timmar`; or that it varies where no time is stated."""
    minutes = method.minutes
    if minutes is None:
        return _("tiden varierar")
    if minutes < _LONGEST_IN_MINUTES:
        return ngettext("{count} minut", "{count} minuter", minutes).format(count=minutes)
    hours = number(minutes / _HOUR, 0 if minutes % _HOUR == 0 else 1, language())
    return _("{hours} timmar").format(hours=hours)


def describe_people(method: CooperationMethod) -> str:
    """Describe how many people it takes: `5–14 personer`."""
    low, high = method.people_from, method.people_to
    if low is not None and high is not None and low != high:
        return _("{low}–{high} personer").format(low=low, high=high)
    if low is not None and high is None:
        return _("minst {low} personer").format(low=low)
    count = high if high is not None else low
    if count is None:
        return _("hur många som helst")
    return (
        ngettext("{count} person", "{count} personer", count).format(count=count)
        if low == high
        else _("högst {high} personer").format(high=count)
    )
