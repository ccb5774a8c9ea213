"""What every chart is: a figure, the words that go with it, a text alternative and the table behind it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart ready to be shown, read aloud, tabulated and taken along.

    `name` is an ASCII word for files and keys. `title` and `subtitle` stand above the chart on the page and are
    drawn into the picture that is downloaded. `table` holds what the chart shows, as shown; `full_table` holds
    every figure behind it, numbers as numbers. `notes` are printed under the chart and in the picture,
    `picture_notes` only in the picture, where the page around the chart is missing.
    """

    name: str
    title: str
    subtitle: str
    figure: go.Figure
    text_alternative: str
    table: pd.DataFrame
    full_table: pd.DataFrame
    notes: tuple[str, ...] = ()
    picture_notes: tuple[str, ...] = ()


def table_of(rows: list[dict[str, object]], *, whole: Iterable[str] = ()) -> pd.DataFrame:
    """Return the rows as a table whose `whole` columns hold integers or nothing."""
    table = pd.DataFrame(rows)
    return table.astype({name: "Int64" for name in whole if name in table})
