"""Why somebody or something is worth learning from."""

from typing import Final

from domain.message import to_translate

AIMS_AT_IT: Final = to_translate("Skulle påverka just det här måttet.")
SAME_INPUT: Final = to_translate("Skulle påverka {measure}, som bygger på samma nyckeltal.")
SAME_SUBJECT: Final = to_translate("Handlar om samma område ({area}), men inte om just det här måttet.")
LIKE_AND_BETTER: Final = to_translate("{place} liknar {focus} och ligger bättre till.")
LIKE_AND_IMPROVED: Final = to_translate("{place} liknar {focus} och har förbättrats mer.")
LIKE: Final = to_translate("{place} liknar {focus}.")
ALSO_IN: Final = to_translate("Har också prövats i {places}, som liknar {focus}.")
UNLIKE: Final = to_translate(
    "{place} hör inte till dem som mest liknar {focus}: {inhabitants} invånare, {skr_group}."
)
UNLIKE_UNKNOWN: Final = to_translate("{place} hör inte till dem som mest liknar {focus}.")
FAILED: Final = to_translate("Det gav inte det man hoppades. Läs vad som gick fel innan ni gör likadant.")
READ: Final = to_translate("{count} gånger har någon gått hit från måttet.")
READ_ONCE: Final = to_translate("En gång har någon gått hit från måttet.")
USED_IN: Final = to_translate("Användes i {places}.")
CASE_IN: Final = to_translate("”{title}” ({place})")
TAKES_VISITORS: Final = to_translate("{place} tar emot studiebesök om ”{title}”.")
LIKE_LISTED: Final = to_translate("De som liknar {focus} är de som står på källans egen lista ({year}).")
LIKE_BY_SIZE: Final = to_translate(
    "De som liknar {focus} är de {n} närmaste i folkmängd av samma slag ({skr_group}): källan har ingen lista."
)
ORDER: Final = to_translate(
    "Exemplen står i den här ordningen: de som skulle påverka måttet först, och bland dem de från platser som liknar och är "
    "bättre eller har förbättrats mer, sedan efter hur säkert effekten är känd."
)
