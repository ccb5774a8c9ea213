"""Pictures of stories as addresses for an image: no larger than they are shown, and a drawn one where there is none."""

import base64
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Final
from urllib.parse import quote

import streamlit as st
from PIL import Image

from app_pages.parts.opening import get_stores_key, get_workspace
from app_pages.parts.theme import BAND, EDGE
from data.workspace.pictures import pictures
from data.workspace.workspace import Workspace
from domain.story import Tag, TagKind

CARD_WIDTH: Final = 640  # pixels: twice what a card is wide
ARTICLE_WIDTH: Final = 1344  # twice the column of the article
QUALITY: Final = 82

_SHAPES: Final = {
    "school": '<path d="M50 62 80 48l30 14-30 14z"/><path d="M62 68v16q18 10 36 0V68M110 62v20"/>',
    "care": '<path d="M80 88C52 70 56 46 70 48q8 1 10 9 2-8 10-9c14-2 18 22-10 40z"/>',
    "work": '<rect x="54" y="56" width="52" height="32" rx="3"/><path d="M70 56v-7h20v7M54 70h52"/>',
    "culture": '<path d="M80 54q-14-8-28-3v36q14-5 28 3 14-8 28-3V51q-14-5-28 3zv36"/>',
    "safety": '<path d="M80 46l26 9v14q0 16-26 24-26-8-26-24V55z"/>',
    "environment": '<path d="M58 86q-4-38 46-38 2 42-36 40M60 92q8-18 28-28"/>',
    "money": '<path d="M56 88V74M72 88V66M88 88V58M104 88V50M50 88h62"/>',
    "together": '<circle cx="64" cy="58" r="8"/><circle cx="96" cy="58" r="8"/><path d="M48 88q2-16 16-16t16 16q2-16 16-16t16 16"/>',
}
_SUBJECTS: Final = (
    ("school", ("skol", "utbildning", "lärare", "elev", "bibliotek")),
    ("care", ("omsorg", "äldre", "hälsa", "vård", "folkhälsa", "funktionshinder", "socialtjänst", "barn")),
    ("work", ("arbete", "arbets", "näringsliv", "företag", "integration", "försörjning")),
    ("culture", ("kultur", "fritid", "idrott", "läs")),
    ("safety", ("trygg", "brott", "räddning", "säker")),
    ("environment", ("miljö", "klimat", "avfall", "energi", "vatten", "trafik", "natur")),
    ("money", ("ekonomi", "upphandling", "digital", "bygg", "bostad", "plan")),
)


def sources(checksums: Iterable[str], *, width: int = ARTICLE_WIDTH) -> Mapping[str, str]:
    """An address for an image by checksum, of those that are kept."""
    workspace, key = get_workspace(), get_stores_key()
    found = {checksum: _source(workspace, checksum, width, key) for checksum in dict.fromkeys(checksums)}
    return {one: source for one, source in found.items() if source}


@st.cache_resource(show_spinner=False, max_entries=512)
def _source(_workspace: Workspace, checksum: str, width: int, key: str) -> str:
    """A checksum names its bytes for ever, so that this never grows old."""
    kept = pictures(_workspace, [checksum]).get(checksum)
    if kept is None:
        return ""
    content, media_type = kept.content, kept.media_type
    if kept.width > width:
        with Image.open(BytesIO(content)) as opened:
            opened.thumbnail((width, 4 * width))
            smaller = BytesIO()
            opened.save(smaller, "WEBP", quality=QUALITY)
        content, media_type = smaller.getvalue(), "image/webp"
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def placeholder(tags: Iterable[Tag]) -> str:
    """A calm drawing for the subject of what has no picture of its own; it shows nothing, so it is read as nothing."""
    words = " ".join(tag.word for tag in tags if tag.kind is TagKind.SUBJECT).casefold()
    shape = next((name for name, signs in _SUBJECTS if any(sign in words for sign in signs)), "together")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90"><rect width="160" height="90" fill="{BAND}"/>'
        f'<g transform="translate(0 -24)" fill="none" stroke="{EDGE}" stroke-width="2.5" stroke-linecap="round" '
        f'stroke-linejoin="round">{_SHAPES[shape]}</g></svg>'
    )
    return "data:image/svg+xml," + quote(svg, safe=" ='/:.<>")
