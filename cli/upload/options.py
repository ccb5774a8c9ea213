"""Arguments and options that several upload commands share."""

from pathlib import Path
from typing import Annotated

import typer

from domain.message import to_translate

File = Annotated[
    Path, typer.Argument(metavar="FILE", help=to_translate("Kalkylark eller textfil med resultat."))
]
InNetwork = Annotated[
    str,
    typer.Option(
        "--network",
        metavar="NAME",
        help=to_translate("Nätverkets namn eller beteckning. Utan det: det som mallen är gjord för."),
    ),
]
OfMunicipality = Annotated[
    str,
    typer.Option(
        "--municipality",
        metavar="CODE",
        help=to_translate("Kommunens kod eller namn. Utan det: den som mallen är gjord för."),
    ),
]
ForPeriod = Annotated[
    str,
    typer.Option(
        "--period",
        metavar="PERIOD",
        help=to_translate(
            "Perioden: 2023, 2023-VT, 2023-Q1 eller 2023-05. Utan den: mallens, eller filens senaste år."
        ),
    ),
]
Evaluation = Annotated[
    bool, typer.Option("--evaluation", help=to_translate("Filen innehåller resultat av projekt."))
]
Id = Annotated[str, typer.Argument(metavar="ID", help=to_translate("Uppladdningens beteckning."))]
