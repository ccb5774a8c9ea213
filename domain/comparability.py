"""Whether a member's value may be compared with the others', and why not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.message import to_translate


class Comparability(StrEnum):
    """The flag that stands on the bar, in the table and in every export."""

    COMPARABLE = "comparable"
    WITH_RESERVATION = "with_reservation"
    NOT_COMPARABLE = "not_comparable"  # shown, but neither ranked nor averaged


COMPARABILITY_NAMES: Final = {
    Comparability.COMPARABLE: to_translate("jämförbar"),
    Comparability.WITH_RESERVATION: to_translate("jämförbar med förbehåll"),
    Comparability.NOT_COMPARABLE: to_translate("inte jämförbar"),
}


@dataclass(frozen=True, slots=True)
class ComparabilityStatement:
    """One member's word on one measure: what is counted there and how."""

    network_id: str
    measure_id: str
    municipality_code: str
    flag: Comparability
    included: str = ""
    overhead: str = ""
    operator: str = ""
    counting_method: str = ""
    version: int = 0

    @property
    def text(self) -> str:
        """The statement in one line, for a footnote."""
        return "; ".join(
            part for part in (self.included, self.overhead, self.operator, self.counting_method) if part
        )
