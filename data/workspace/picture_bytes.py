"""Untrusted bytes of a picture: their kind and size are checked, and the picture is drawn again from its pixels alone.

A photograph tells where and when it was taken, and with which device; none of it is kept. Sizes are asked before anything is
decoded, since a small file can hold a picture that fills the memory.
"""

import re
import struct
import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from domain.errors.stories import PictureError

LARGEST_MB: Final = 10
MOST_MEGAPIXELS: Final = 40
LONGEST_SIDE: Final = 1600  # twice as many pixels as the widest column has
QUALITY: Final = 85
MEDIA_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
_SHOWN_MODES: Final = frozenset({"L", "RGB", "RGBA"})
_MEGA: Final = 1_000_000
_JPEG_FRAMES: Final = frozenset(
    {0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, 0xE0, 0xEE}
)  # and no Exif, comment or profile
_PNG_CHUNKS: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
_WEBP_CHUNKS: Final = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH"})
_START_OF_SCAN: Final = 0xDA
_IN_SCANS: Final = re.compile(
    rb"\xff+[^\x00\xff\xd0-\xd7\xc4\xd9\xda\xdb\xdd]"
)  # anything but scans and their tables
_UNREADABLE: Final = (OSError, ValueError, SyntaxError, EOFError, struct.error, LookupError, TypeError)


def shown_picture(content: bytes, file: str) -> tuple[bytes, str, int, int]:
    """Return the bytes to store, their media type, width and height. `file` is its name in errors.

    What is already as it would be kept stays as it is, byte for byte. Raises `PictureError`.
    """
    if len(content) > LARGEST_MB * _MEGA:
        size = f"{len(content) / _MEGA:.0f}"
        raise PictureError(PictureError.TOO_LARGE, file=file, size=size, largest=LARGEST_MB)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # bounded here, and lower
            with Image.open(BytesIO(content), formats=tuple(MEDIA_TYPES)) as opened:
                kind = "JPEG" if opened.format == "MPO" else str(opened.format)  # a telephone's double JPEG
                width, height = opened.size
                if width * height > MOST_MEGAPIXELS * _MEGA:
                    raise PictureError(
                        PictureError.TOO_MANY_PIXELS,
                        file=file,
                        width=width,
                        height=height,
                        largest=MOST_MEGAPIXELS,
                    )
                if kind == "JPEG":
                    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # decodes no more than is shown
                opened.load()
                is_shown_as_is = max(width, height) <= LONGEST_SIDE and opened.mode != "CMYK"
                if is_shown_as_is and _holds_only_pixels(content, kind):
                    return content, MEDIA_TYPES[kind], width, height
                drawn = _drawn(opened, kind)
    except Image.DecompressionBombError:
        raise PictureError(
            PictureError.TOO_MANY_PIXELS, file=file, width="?", height="?", largest=MOST_MEGAPIXELS
        ) from None
    except _UNREADABLE:
        raise PictureError(PictureError.NO_PICTURE, file=file) from None
    cleaned = BytesIO()
    drawn.save(cleaned, kind, quality=QUALITY, optimize=True)
    return cleaned.getvalue(), MEDIA_TYPES[kind], *drawn.size


def _drawn(opened: Image.Image, kind: str) -> Image.Image:
    """Return the upright pixels, no larger than shown, without metadata."""
    try:
        upright = ImageOps.exif_transpose(opened)
    except _UNREADABLE:  # what the camera wrote is broken, which the pixels need not be
        upright = opened
    if upright.mode not in _SHOWN_MODES or (kind == "JPEG" and upright.mode == "RGBA"):
        sees_through = kind != "JPEG" and ("A" in upright.getbands() or "transparency" in upright.info)
        upright = upright.convert("RGBA" if sees_through else "RGB")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    return clean


def _holds_only_pixels(content: bytes, kind: str) -> bool:
    """Return whether a file holds pixels only: no part for anything else, and nothing after its end."""
    match kind:
        case "JPEG":
            return _is_plain_jpeg(content)
        case "PNG":
            return _is_plain_png(content)
        case _:
            return _is_plain_webp(content)


def _is_plain_jpeg(content: bytes) -> bool:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4])
        if marker == _START_OF_SCAN:
            return content.find(b"\xff\xd9", place) == len(content) - 2 and not _IN_SCANS.search(
                content, place + 2
            )
        if marker not in _JPEG_FRAMES or (
            marker == 0xE0 and length > 16
        ):  # JFIF without a small picture in it
            return False
        place += 2 + length
    return False


def _is_plain_png(content: bytes) -> bool:
    place = 8
    while place + 12 <= len(content):
        length, name = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        if name not in _PNG_CHUNKS:
            return False
        place += 12 + length
        if name == b"IEND":
            return length == 0 and place == len(content)
    return False


def _is_plain_webp(content: bytes) -> bool:
    if len(content) != 8 + int.from_bytes(content[4:8], "little"):
        return False
    place = 12
    while place + 8 <= len(content):
        length = int.from_bytes(content[place + 4 : place + 8], "little")
        if content[place : place + 4] not in _WEBP_CHUNKS:
            return False
        place += 8 + length + length % 2
    return place == len(content)
