"""The page as a table of contents."""

from app_pages.parts import choice_row, choices, forms, frame, network_choice
from app_pages.parts.address import Name, PageName
from app_pages.parts.charts import on_page
from app_pages.upload import choose, file, findings, publish, reading
from app_pages.upload import show as sections
from app_pages.upload.choose import Choice, Step
from app_pages.upload.load import AtHand
from app_pages.upload.step_bar import show_step_bar


def show() -> None:
    with frame.page_frame(PageName.UPLOAD):
        on_page.style()
        view = choices.view()
        choice = choose.load_choice(view)
        if choice is None:
            network_choice.nothing_yet(view)
            return
        sections.show_head(choice)
        forms.show_done()
        if choice.upload is None:  # an upload is for its own network, municipality and period
            choice_row.show_choices(
                view,
                shown=(Name.NETWORK, Name.MUNICIPALITY, choose.PERIOD),
                own={
                    Name.NETWORK: network_choice.network_control(choice.network),
                    Name.MUNICIPALITY: choose.municipality_control(choice),
                    choose.PERIOD: choose.period_control(choice),
                },
            )
        if not choice.measures:
            sections.show_nothing_to_report(choice)
            return
        held = sections.open_file(choice)
        show_step_bar(choice, held)
        _show_step(choice, held)
        sections.show_foot(choice)


def _show_step(choice: Choice, held: AtHand | None) -> None:
    match choice.step:
        case Step.FILE:
            file.show(choice)
        case Step.PUBLISH if choice.upload is not None:
            publish.show(choice, held, choice.upload)
        case Step.READING if held is not None:
            reading.show(choice, held)
        case Step.FINDINGS if held is not None:
            findings.show(choice, held)
        case _:
            sections.show_no_file(choice)
