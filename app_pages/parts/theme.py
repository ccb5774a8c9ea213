"""Every colour, once: for style sheets, charts, small drawings, pictures and print.

Style sheets use them as custom properties: `MINE` is `var(--mine)`, the fill of `Colour.GREEN` is `var(--green)` and its
text `var(--green-ink)`.
"""

from typing import Final

from domain.comparison import Colour

WHITE: Final = "#ffffff"
INK: Final = "#1c2733"  # text
QUIET: Final = "#4a5868"  # text that stands back; 7:1 on white
LINK: Final = "#0b4f8a"
MINE: Final = "#1b3a63"  # my municipality, everywhere
LINE: Final = "#d5dbe2"  # lines between things
PALE: Final = "#f3f6f9"  # the background of what stands apart

OTHERS: Final = "#b7c1cc"  # bars and dots of the other municipalities
OTHERS_LINE: Final = "#c3ccd5"
PEERS: Final = "#5f7188"  # the compared group where all 290 are shown
BAND: Final = "#eaeff5"  # the range of the group
TILE: Final = "#e3e8ee"  # a place on a small map
MARKED: Final = "#3f6592"  # one that is pointed out; white on it 6:1
MEMBER: Final = "#6f8fb5"  # a member of the network on a small map
EDGE: Final = "#8b97a5"  # borders and axes
PASSED: Final = "#8ea6c4"  # mine, where it stands back; seen both on the dark bar and on white
GRID: Final = "#e7ebf0"
CHOSEN: Final = "#b4531b"  # one more municipality that the reader lifts out
WOMEN: Final = CHOSEN
MEN: Final = "#1f7a78"

# Position among others. Text in the ink of a fill is at least 4.5:1 on it.
FILL: Final = {
    Colour.GREEN: "#bfe3cd",
    Colour.YELLOW: "#fbeab0",
    Colour.RED: "#f3bdb6",
    Colour.LIGHT: "#e3eaf2",
    Colour.MEDIUM: "#c2d1e2",
    Colour.DARK: "#94aecb",
    Colour.NONE: "#eceef1",
}
FILL_INK: Final = {
    Colour.GREEN: "#0d4429",
    Colour.YELLOW: "#4a3800",
    Colour.RED: "#6a1414",
    Colour.LIGHT: INK,
    Colour.MEDIUM: INK,
    Colour.DARK: INK,
    Colour.NONE: QUIET,
}
SIGN: Final = {
    Colour.GREEN: "▲",
    Colour.YELLOW: "■",
    Colour.RED: "▼",
    Colour.LIGHT: "·",
    Colour.MEDIUM: "·",
    Colour.DARK: "·",
    Colour.NONE: "",
}  # beside every fill, so that nothing is said by colour alone


SHADES: Final = (
    "#1b3a63",
    "#7fa3c9",
    "#b9c3ce",
    "#51657c",
    "#c9dcec",
    "#8a97a6",
    "#3f6ea3",
    "#dfe4ea",
)  # parts of a bar
OF_STYLE_SHEETS: Final = {
    "mine-hover": "#12294a",
    "passed": PASSED,
    "stop": "#a3322b",
    "caution": "#fdf4dc",
    "caution-line": "#b98a00",
    "caution-ink": "#6b5200",
    "failure": "#f7e3d9",
    "failure-ink": "#6a2c0b",
    "done": "#e8f3ee",
    "made-up": "#eeeafa",
    "made-up-ink": "#33245c",
    # What the columns of an uploaded sheet are read as.
    "sheet-value": "#e4eefa",
    "sheet-basis": "#eef1fb",
    "sheet-period": "#fbeee6",
    "sheet-gender": "#f6ecf3",
    "sheet-comment": "#f0f0ec",
}


def custom_properties() -> str:
    """Return the colours as CSS custom properties of the whole page."""
    named = {
        "white": WHITE,
        "ink": INK,
        "quiet": QUIET,
        "link": LINK,
        "mine": MINE,
        "line": LINE,
        "pale": PALE,
        "others": OTHERS,
        "others-line": OTHERS_LINE,
        "band": BAND,
        "marked": MARKED,
        **OF_STYLE_SHEETS,
        **{f"shade-{position}": shade for position, shade in enumerate(SHADES)},
        **{str(colour): fill for colour, fill in FILL.items()},
        **{f"{colour}-ink": ink for colour, ink in FILL_INK.items()},
    }
    return ":root{" + "".join(f"--{name}:{colour};" for name, colour in named.items()) + "}"
