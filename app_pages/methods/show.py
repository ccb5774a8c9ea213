"""Show methods as cards by kind, and one method as an article with its template and the cases that used it."""

from dataclasses import dataclass

import streamlit as st

from app_pages.methods.choose import Choice
from app_pages.parts import address, bank, bank_pages, frame, person
from app_pages.parts.address import PageName
from app_pages.parts.blocks import show_links
from app_pages.parts.error_advice import explain
from app_pages.parts.method_story import describe_people, describe_time, render_method
from app_pages.parts.opening import get_workspace
from app_pages.parts.templates import show_template
from app_pages.parts.words import _, capitalize_first, ngettext
from data.workspace.pictures import attachment
from domain.case import Case
from domain.cooperation_method import METHOD_KIND_NAMES, CooperationMethod, MethodKind
from domain.errors.user_error import UserError
from language.rendering import render


def show_head(choice: Choice) -> None:
    """Show the title with how many methods there are, or with what one method takes."""
    method = choice.method
    if method is None:
        count = len(choice.bank.methods)
        line = ngettext("{count} metod", "{count} metoder", count).format(count=count)
        frame.show_head(
            _("Metoder"), f"{line} · {_('sätt att arbeta, snarare än färdiga lösningar')}", choice.view
        )
        return
    facts = [
        capitalize_first(_(METHOD_KIND_NAMES[method.kind])),
        describe_time(method),
        describe_people(method),
    ]
    if method.standing.is_stale_on(person.today()):
        facts.append(_("inte sedd över sedan {day}").format(day=method.standing.revisit_on))
    if method.standing.is_made_up:
        facts.append(_("påhittad metod"))
    frame.show_head(method.name, " · ".join(facts), choice.view)


def show_nothing_yet() -> None:
    """Say what a method is and how to share one, while there is none."""
    frame.show_box(
        _("Här finns inga metoder ännu"),
        [
            _(
                "En metod är ett sätt att arbeta: ett verktyg, ett sätt att få igång samverkan eller att involvera invånare."
            ),
            _("Den som har en kan dela den under Bidra."),
        ],
    )


@dataclass(frozen=True, slots=True)
class Card:
    """A method in the list: address, and what it takes and how often it was used in words."""

    method: CooperationMethod
    href: str
    time: str
    people: str
    use: str


def show_methods(choice: Choice) -> None:
    """Show all methods as cards, by kind."""
    methods = choice.bank.methods.values()
    kinds = [
        (
            capitalize_first(_(METHOD_KIND_NAMES[kind])),
            [_card(choice, method) for method in methods if method.kind is kind],
        )
        for kind in MethodKind
    ]
    for kind, cards in kinds:
        if cards:
            show_template("methods/cards.html", kind=kind, cards=cards)


def _card(choice: Choice, method: CooperationMethod) -> Card:
    count = len(_cases_with(choice, method))
    use = (
        ngettext("använd i {count} exempel", "använd i {count} exempel", count).format(count=count)
        if count
        else _("inget exempel har använt den ännu")
    )
    href = bank.method_link(method.standing.id)
    return Card(method, href, describe_time(method), describe_people(method), use)


def show_method(choice: Choice, method: CooperationMethod) -> None:
    """Show one method, with the cases that used it and its template to download."""
    library = choice.view.library
    cases = bank_pages.case_links(_cases_with(choice, method), library)
    around = bank_pages.load_surroundings(library, method, choice.bank)
    st.html(render_method(method, around, cases=cases))
    _show_download(method)


def _show_download(method: CooperationMethod) -> None:
    """Show a button that downloads the method's template as it was uploaded."""
    template = method.template
    if template is None:
        return
    try:
        content = attachment(get_workspace(), template.checksum)
    except UserError as error:
        frame.show_box(_("Mallen går inte att ladda ner"), [explain(error)])
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


def _cases_with(choice: Choice, method: CooperationMethod) -> list[Case]:
    return [case for case in choice.bank.cases.values() if method.standing.id in case.method_ids]


def show_foot(choice: Choice) -> None:
    """Show the way back to all methods, and the source."""
    if choice.method is not None:
        show_links([(address.link(PageName.METHODS), _("Alla metoder"))])
    frame.show_foot(f"{_('Värden')}: {render(choice.view.release.source, _)}.", has_colour=False)
