"""A source answers wrongly, or not at all."""

from domain.errors.user_error import UserError
from domain.message import to_translate


class UnreadableBordersError(UserError):
    text = to_translate("Filen {path} går inte att läsa som kommungränser. {reason}")


class SourceUnreachableError(UserError):
    text = to_translate("Det går inte att nå {url} ({reason}). Inget är ändrat.")


class SourceRefusedError(UserError):
    text = to_translate("Källan avvisade frågan {url} med svaret {status}: {detail}. Inget är ändrat.")


class SourceAnswersWronglyError(UserError):
    text = to_translate(
        "Källan svarade fel {attempts} gånger i rad på {url} (senast: {reason}). Inget är ändrat."
    )


class UnreadableAnswerError(UserError):
    text = to_translate(
        "Svaret på {url} har inte den form som väntades ({reason}). Inget är ändrat. Källan kan ha ändrat sitt format."
    )


class EmptyAnswerError(UserError):
    text = to_translate(
        "Källan svarade utan en enda rad på {what}. Inget är ändrat. Så svarar den också på en fråga som den inte "
        "förstår: kontrollera nyckeltal, kommuner och år."
    )


class UnrequestedRowsError(UserError):
    text = to_translate(
        "Källan svarade med {count} rader som ingen frågade efter, till exempel {examples}. Inget är ändrat."
    )


class UnknownStatusError(UserError):
    text = to_translate(
        "Källan använder statusen ”{status}”, som inte är känd, till exempel för {example}. Inget är ändrat. "
        "Lägg till vad den betyder innan värdena hämtas igen."
    )


class ContradictingRowsError(UserError):
    text = to_translate(
        "Källan gav samma cell två olika värden i {count} fall, till exempel {examples}. Inget är ändrat."
    )


class CorrectionOutdatedError(UserError):
    text = to_translate(
        "Rättelsen {correction} av {kpi} väntar sig en median mellan {low} och {high}, men den är nu {median}. Inget är ändrat."
    )


class UnreadableRawPagesError(UserError):
    text = to_translate("En hämtad sida har skadats på disken ({path}). Inget är ändrat.")
