"""How methods look: cards by kind, and one method as an article with its template and the cases that used it."""

from html import escape

import streamlit as st

from app_pages.methods.choose import Choice
from app_pages.parts import address, bank, bank_pages, frame, person, story
from app_pages.parts.address import PageName
from app_pages.parts.bank_pages import page_anchor
from app_pages.parts.method_story import capital, method_article, people_words, time_words
from app_pages.parts.opening import get_workspace
from app_pages.parts.words import _, ngettext
from data.workspace.pictures import attachment
from domain.case import Case
from domain.cooperation_method import METHOD_KIND_NAMES, CooperationMethod, MethodKind
from domain.errors import UserError
from language.rendering import render


def head(choice: Choice) -> None:
    method = choice.method
    if method is None:
        count = len(choice.bank.methods)
        line = ngettext("{count} metod", "{count} metoder", count).format(count=count)
        frame.head(
            _("Metoder"), f"{line} · {_('sätt att arbeta, snarare än färdiga lösningar')}", choice.view
        )
        return
    facts = [capital(_(METHOD_KIND_NAMES[method.kind])), time_words(method), people_words(method)]
    if method.standing.is_stale_on(person.today()):
        facts.append(_("inte sedd över sedan {day}").format(day=method.standing.revisit_on))
    if method.standing.is_made_up:
        facts.append(_("påhittad metod"))
    frame.head(method.name, " · ".join(facts), choice.view)


def nothing_yet() -> None:
    """The first time: what a method is, and the one thing to do."""
    frame.box(
        _("Här finns inga metoder ännu"),
        [
            _(
                "En metod är ett sätt att arbeta: ett verktyg, ett sätt att få igång samverkan eller att involvera invånare."
            ),
            _("Den som har en kan dela den under Bidra."),
        ],
    )


def listed(choice: Choice) -> None:
    """All of them as cards, by kind."""
    for kind in MethodKind:
        found = [method for method in choice.bank.methods.values() if method.kind is kind]
        if found:
            cards = "".join(_card(choice, one) for one in found)
            st.html(
                f'<section class="method-kind"><h2>{escape(capital(_(METHOD_KIND_NAMES[kind])))}</h2>'
                f'<ul class="cards plain">{cards}</ul></section>'
            )


def _card(choice: Choice, method: CooperationMethod) -> str:
    used = len(_cases(choice, method))
    times = (
        ngettext("använd i {count} exempel", "använd i {count} exempel", used).format(count=used)
        if used
        else _("inget exempel har använt den ännu")
    )
    template = f" · {escape(_('mall att ladda ner'))}" if method.template is not None else ""
    link = page_anchor(bank.method_link(method.standing.id), method.name)
    return (
        f'<li class="card"><div class="words"><h3>{link}</h3>{story.paragraphs(method.purpose)}'
        f'<p class="where">{escape(time_words(method))} · {escape(people_words(method))}{template}</p>'
        f'<p class="where">{escape(times)}</p></div></li>'
    )


def one(choice: Choice, method: CooperationMethod) -> None:
    """One method, its template to take along, and the cases that used it."""
    cases = _cases(choice, method)
    items = bank_pages.case_items(cases, choice.view.library)
    told = f"<ul>{items}</ul>" if items else f"<p>{escape(_('Inget exempel har använt den ännu.'))}</p>"
    used_by = story.section(_("Exempel som använde den"), told, level=3)
    around = bank_pages.around(choice.view.library, method)
    st.html(method_article(method, around, used_by=used_by))
    _template(method)


def _template(method: CooperationMethod) -> None:
    """The file as it was handed over; read when it is asked for."""
    template = method.template
    if template is None:
        return
    try:
        content = attachment(get_workspace(), template.checksum)
    except UserError as error:
        frame.box(_("Mallen går inte att ladda ner"), [render(error.message, _)])
        return
    st.download_button(
        _("Ladda ner mallen ({file})").format(file=template.file_name),
        content,
        file_name=template.file_name,
        mime="application/octet-stream",
        on_click="ignore",
        key="method-template",
        icon=":material/download:",
    )


def _cases(choice: Choice, method: CooperationMethod) -> list[Case]:
    return [case for case in choice.bank.cases.values() if method.standing.id in case.method_ids]


def foot(choice: Choice) -> None:
    if choice.method is not None:
        back = page_anchor(address.link(PageName.METHODS), _("Alla metoder"))
        st.html(f'<p class="ways-on">{back}</p>')
    frame.foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)
