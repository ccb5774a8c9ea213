"""Pictures of stories as image addresses, no larger than they are shown, and a drawing where a story has no picture."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image

from app_pages.parts.cached_answers import cached_answer
from app_pages.parts.opening import get_stores_key, get_workspace
from app_pages.parts.templates import svg_address
from data.workspace.pictures import pictures
from domain.story import Tag, TagKind

CARD_WIDTH: Final = 640  # pixels: twice what a card is wide
ARTICLE_WIDTH: Final = 1344  # twice the column of the article
QUALITY: Final = 82

# The drawing whose signs occur in the subject of a story.
_SUBJECTS: Final = (
    ("school", ("skol", "utbildning", "lärare", "elev", "bibliotek")),
    ("care", ("omsorg", "äldre", "hälsa", "vård", "folkhälsa", "funktionshinder", "socialtjänst", "barn")),
    ("work", ("arbete", "arbets", "näringsliv", "företag", "integration", "försörjning")),
    ("culture", ("kultur", "fritid", "idrott", "läs")),
    ("safety", ("trygg", "brott", "räddning", "säker")),
    ("environment", ("miljö", "klimat", "avfall", "energi", "vatten", "trafik", "natur")),
    ("money", ("ekonomi", "upphandling", "digital", "bygg", "bostad", "plan")),
)


@dataclass(frozen=True, slots=True)
class PictureQuestion:
    """What is the image address of a picture, no wider than `width` pixels?"""

    stores: str
    checksum: str
    width: int


def load_picture_addresses(checksums: Iterable[str], *, width: int = ARTICLE_WIDTH) -> Mapping[str, str]:
    """Load an image address by checksum, for those pictures that are stored."""
    stores = get_stores_key()
    addresses = {
        checksum: _load_picture_address(PictureQuestion(stores, checksum, width))
        for checksum in dict.fromkeys(checksums)
    }
    return {checksum: address for checksum, address in addresses.items() if address}


@cached_answer(max_entries=512)
def _load_picture_address(question: PictureQuestion) -> str:
    """Load one picture as a data address. A checksum names its bytes for ever, so the answer never becomes outdated."""
    width = question.width
    picture = pictures(get_workspace(), [question.checksum]).get(question.checksum)
    if picture is None:
        return ""
    content, media_type = picture.content, picture.media_type
    if picture.width > width:
        with Image.open(BytesIO(content)) as opened:
            opened.thumbnail((width, 4 * width))
            smaller = BytesIO()
            opened.save(smaller, "WEBP", quality=QUALITY)
        content, media_type = smaller.getvalue(), "image/webp"
    return f"data:{media_type};base64,{base64.b64encode(content).decode('ascii')}"


def placeholder(tags: Iterable[Tag]) -> str:
    """The address of a drawing for the subject of a story without a picture. It is decoration, so it has no alternative text."""
    words = " ".join(tag.word for tag in tags if tag.kind is TagKind.SUBJECT).casefold()
    subject = next((name for name, signs in _SUBJECTS if any(sign in words for sign in signs)), "together")
    return svg_address("parts/story_placeholder.svg", subject=subject)
