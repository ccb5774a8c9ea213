"""Show the relation between two measures: in a sentence, then as a chart."""

from answers.comparison import source_line
from app_pages.parts import frame
from app_pages.parts.blocks import show_lead, show_notes
from app_pages.parts.charts import on_page
from app_pages.parts.charts.chart import Chart
from app_pages.parts.charts.scatter import scatter, side_words, together
from app_pages.parts.choices import group_name
from app_pages.parts.words import _, language, translator
from app_pages.relation import load
from app_pages.relation.choose import Choice
from domain.relation import Side, TwoMeasures
from language.numbers import day
from language.rendering import render


def show_head(choice: Choice) -> None:
    view = choice.view
    title = _("{first} och {second}: {place} bland {group}").format(
        first=choice.first.short_title,
        second=choice.second.short_title,
        place=view.municipality.name,
        group=group_name(choice.group),
    )
    when = _("läget så som det var känt {day}").format(day=day(view.release.known_at))
    frame.show_head(title, f"{_('två mått mot varandra')} · {when}", view)


def show_answer(choice: Choice, two: TwoMeasures) -> None:
    """Show where the focus is on both measures, and how strongly they are related."""
    mine = next(
        (
            (first, second)
            for member, first, second in zip(
                two.first.members, two.relation.first_sides, two.relation.second_sides, strict=True
            )
            if member.code == choice.view.municipality.code
        ),
        (Side.NONE, Side.NONE),
    )
    sentence = ""
    if Side.NONE not in mine:
        sentence = _("{place}: {first} i {first_title} och {second} i {second_title}.").format(
            place=choice.view.municipality.name,
            first=side_words(mine[0], translator()),
            first_title=choice.first.short_title,
            second=side_words(mine[1], translator()),
            second_title=choice.second.short_title,
        )
    else:
        sentence = _("{place} saknar värde i minst ett av måtten.").format(
            place=choice.view.municipality.name
        )
    plain = together(two, translate=translator(), language=language())
    show_lead(sentence, plain)
    show_notes(two.notes)


def chart(choice: Choice, two: TwoMeasures) -> None:
    on_page.show_chart(
        _draw_scatter,
        load.question_of(choice),
        heading=_("Varje prick är en kommun"),
        release=choice.view.release,
        source=_source(choice),
        method=two.method,
        decimals=max(choice.first.decimals, choice.second.decimals),
        mine=choice.view.municipality.name,
        file_name=f"{choice.first.id}-{choice.second.id}".lower(),
    )


def _draw_scatter(question: load.RelationQuestion) -> Chart:
    speech = question.library.speech
    return scatter(
        load.relate(question), peers=question.peers, translate=speech.translate, language=speech.language
    )


def show_foot(choice: Choice) -> None:
    frame.show_foot(on_page.source_words(_source(choice), translator()), has_colour=False)


def _source(choice: Choice) -> str:
    """Return the sources of both measures, once where they are the same."""
    sources = (source_line(choice.view.library, measure) for measure in (choice.first, choice.second))
    return "; ".join(dict.fromkeys(render(source, _) for source in sources))
