"""What is wrong with a file that holds a panel."""

from typing import Final

from domain.message import to_translate

NO_ROWS: Final = to_translate("den har inga rader under rubrikerna")
NO_COLUMN: Final = to_translate("den har ingen kolumn ”{column}”. Kolumnerna är {columns}.{suggestion}")
TWO_COLUMNS: Final = to_translate("den har flera kolumner som heter ”{column}”")
NO_UNIT: Final = to_translate("rad {row} säger inte vilken enhet den gäller")
NO_TIME: Final = to_translate(
    "”{value}” på rad {row} är ingen tidpunkt. Skriv ett år, eller ett annat helt tal"
)
NO_NUMBER: Final = to_translate("”{value}” på rad {row} är inget tal")
TWICE: Final = to_translate("{unit} {time} står både på rad {first} och på rad {row}")
NOT_ZERO_OR_ONE: Final = to_translate(
    "kolumnen ”{column}” ska vara 0 före starten och 1 efter, men på rad {row} står ”{value}”"
)
GOES_BACK: Final = to_translate(
    "{unit} går från 1 till 0 i kolumnen ”{column}” vid {time}: det som har börjat antas bestå"
)
NOBODY: Final = to_translate("kolumnen ”{column}” har ingen etta, så ingen har gjort något")
TOO_MANY: Final = to_translate(
    "den har {n} enheter och {times} tidpunkter. Högst {most} av varje går att räkna på"
)
NO_SUCH_UNIT: Final = to_translate("den har ingen enhet ”{unit}”.{suggestion}")
NEITHER: Final = to_translate("den har varken en kolumn eller en enhet ”{word}”.{suggestion}")
