"""The page as a table of contents."""

import streamlit as st

from app_pages.administration import choose, log, people
from app_pages.parts import choices, forms, frame, person
from app_pages.parts.address import PageName
from app_pages.parts.charts import on_page
from app_pages.parts.error_advice import explain
from app_pages.parts.words import _
from domain.rights import Action


def show() -> None:
    with frame.page_frame(PageName.ADMINISTRATION):
        on_page.style()
        choice = choose.load_choice(choices.view())
        line = _("vem som får göra vad, och allt som har ändrats eller nekats")
        frame.show_head(_("Administration"), line, choice.view)
        forms.show_done()
        if not choice.is_allowed:
            _show_refusal()
            return
        parts = [(_("Ändringslogg"), log.show)]
        if choice.manages_people:
            parts.insert(0, (_("Personer och roller"), people.show))
        names = [name for name, _show in parts]
        for tab, (_name, draw) in zip(st.tabs(names, key="del", bind="query-params"), parts, strict=True):
            if tab.open:
                with tab:
                    draw(choice)


def _show_refusal() -> None:
    """Tell a user who followed an address here that they may not see the page; the attempt is logged."""
    error = person.refusal(Action.MANAGE_PEOPLE)
    sentences = [explain(error)] if error is not None else []
    sentences.append(
        _(
            "Här hanteras personer och roller av nationella administratörer. Nätverksledare läser sitt nätverks ändringslogg."
        )
    )
    frame.show_box(_("Du har inte rätt till den här sidan"), sentences, way_out=_("Tillbaka till översikten"))
