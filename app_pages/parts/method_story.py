"""How a method is read: what it is for, when it fits, how one does it and what it takes, as HTML. Every text is escaped."""

from html import escape

from app_pages.parts import story
from app_pages.parts.story import Surroundings
from app_pages.parts.words import _, language, ngettext
from domain.cooperation_method import METHOD_KIND_NAMES, CooperationMethod
from language.numbers import number

_HOUR = 60  # minutes
_LONGEST_IN_MINUTES = 100  # longer times are read as hours


def method_article(
    method: CooperationMethod,
    around: Surroundings,
    *,
    is_draft: bool = False,
    heading: bool = False,
    used_by: str = "",
) -> str:
    """A method as an article with what it takes beside it. `used_by` is what stands there of its cases (HTML)."""
    top = ""
    if heading:
        title = escape(method.name) or escape(_("Utan namn"))
        kind = escape(capital(_(METHOD_KIND_NAMES[method.kind])))
        top = f'<header><p class="where">{kind}</p><h2>{title}</h2></header>'
    return (
        f'<article class="story">{top}<div class="told">{_told(method, around, is_draft)}</div>'
        f'<aside aria-label="{escape(_("Vad som behövs"))}">{_needs(method, is_draft)}{used_by}'
        f"{story.tip_boxes(method.tip_boxes)}{story.links(method.links)}</aside></article>"
    )


def _told(method: CooperationMethod, around: Surroundings, is_draft: bool) -> str:
    def part(title: str, name: str, content: str, kind: str = "") -> str:
        return story.section(title, story.answer(method, name, content, is_draft=is_draft), kind=kind)

    steps = "".join(f"<li>{story.paragraphs(one)}</li>" for one in method.how_to)
    return (
        story.figures(method.pictures[:1], around.pictures)
        + part(_("Vad den är till för"), "purpose", story.paragraphs(method.purpose))
        + '<div class="fits">'
        + part(_("Passar när"), "fits_when", story.paragraphs(method.fits_when), "fits-when")
        + part(
            _("Passar inte när"),
            "does_not_fit_when",
            story.paragraphs(method.does_not_fit_when),
            "fits-not",
        )
        + "</div>"
        + part(_("Så gör man"), "how_to", f'<ol class="how-to">{steps}</ol>' if steps else "")
        + story.figures(method.pictures[1:], around.pictures)
    )


def _needs(method: CooperationMethod, is_draft: bool) -> str:
    preparation = story.answer(method, "preparation", story.paragraphs(method.preparation), is_draft=is_draft)
    rows = [
        (_("Tid"), escape(time_words(method))),
        (_("Hur många"), escape(people_words(method))),
        (_("Förberedelser"), preparation),
        (_("Mall"), escape(method.template.file_name) if method.template is not None else ""),
    ]
    told = "".join(f"<dt>{escape(name)}</dt><dd>{content}</dd>" for name, content in rows if content)
    tags = story.tag_list(method.tags)
    return (
        f'<section class="story-facts"><h3>{escape(_("Vad som behövs"))}</h3><dl>{told}</dl>'
        f"{f'<dl>{tags}</dl>' if tags else ''}</section>"
    )


def time_words(method: CooperationMethod) -> str:
    """How long it takes: `75 minuter`, `8 timmar`; that it varies where nobody has said."""
    minutes = method.minutes
    if minutes is None:
        return _("tiden varierar")
    if minutes < _LONGEST_IN_MINUTES:
        return ngettext("{count} minut", "{count} minuter", minutes).format(count=minutes)
    hours = minutes / _HOUR
    told = number(hours, 0 if minutes % _HOUR == 0 else 1, language())
    return _("{hours} timmar").format(hours=told)


def people_words(method: CooperationMethod) -> str:
    """How many people it takes: `5–14 personer`."""
    low, high = method.people_from, method.people_to
    if low is not None and high is not None and low != high:
        return _("{low}–{high} personer").format(low=low, high=high)
    if low is not None and high is None:
        return _("minst {low} personer").format(low=low)
    one = high if high is not None else low
    if one is None:
        return _("hur många som helst")
    return (
        ngettext("{count} person", "{count} personer", one).format(count=one)
        if low == high
        else _("högst {high} personer").format(high=one)
    )


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]
