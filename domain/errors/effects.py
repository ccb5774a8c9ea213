"""Effects."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class TreatedError(UserError):
    """It is not clear who did it, and when."""

    UNREADABLE = to_translate(
        "”{treated}” går inte att läsa. Skriv koden och gärna startåret, till exempel 0136:2019,0127:2020."
    )
    WITHOUT_START = to_translate(
        "När började det i {unit}? Skriv startåret efter ett kolon: {unit}:2019. Inget publicerat exempel därifrån säger det."
    )
    AMONG_DONORS = to_translate(
        "{unit} har själv genomfört det och kan inte samtidigt vara den som det jämförs med."
    )
