"""The texts on the outcome of an aim and how well an effect is known."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from domain.evidence_reasons import AimReason, EvidenceReason
from domain.message import to_translate

TEXTS: Final[Mapping[Enum, str]] = {
    AimReason.NO_START: to_translate("Det har inte börjat, eller har inget startdatum."),
    AimReason.NOTHING_BEFORE: to_translate("Det finns inget värde före starten att utgå från."),
    AimReason.AIM_BEFORE_START: to_translate("Målåret {year} ligger före det första året efter starten."),
    AimReason.NOT_YET: to_translate("Målåret är {year}. Det senaste värdet är från {last}."),
    AimReason.NOTHING_AFTER: to_translate("Det finns inget värde från starten {year} eller senare än."),
    AimReason.BROKEN: to_translate("Måttet fick en annan nivå eller definition mellan starten och målåret."),
    AimReason.VALUE_MISSING: to_translate("Värdet för {year} saknas."),
    AimReason.VALUE_SUPPRESSED: to_translate("Värdet för {year} får inte visas: underlaget är för litet."),
    AimReason.VALUE_NOT_APPLICABLE: to_translate("Värdet för {year} är inte tillämpligt."),
    AimReason.VALUE_NOT_REPORTED: to_translate("Värdet för {year} är inte rapporterat."),
    AimReason.AS_FAR_AS_WANTED: to_translate("Så långt som målet säger, eller längre."),
    AimReason.PART: to_translate("Minst halvvägs till målet."),
    AimReason.NOT_HALFWAY: to_translate("Mindre än halvvägs till målet."),
    AimReason.OTHER_WAY: to_translate("Åt andra hållet än målet."),
    AimReason.UNCHANGED: to_translate("Nivån är densamma som före starten."),
    AimReason.MORE_THAN_USUAL: to_translate(
        "Åt det håll som målet säger, och mer än serien brukar röra sig från år till år."
    ),
    AimReason.AS_USUAL: to_translate(
        "Åt det håll som målet säger, men inte mer än serien brukar röra sig från år till år."
    ),
    EvidenceReason.NO_START: to_translate(
        "Exemplet har inget startdatum, så det går inte att skilja före från efter."
    ),
    EvidenceReason.NOTHING_AFTER: to_translate("Det finns inget värde från starten {year} eller senare än."),
    EvidenceReason.NOTHING_BEFORE: to_translate(
        "Det finns inget värde före starten {year} som går att hålla mot åren efter."
    ),
    EvidenceReason.BEFORE_AND_AFTER: to_translate(
        "Det finns värden före och efter, men ingen uppskattning av vad som hade hänt ändå. {why}"
    ),
    EvidenceReason.ONLY_ITSELF: to_translate(
        "Serien är jämförd med sin egen utveckling före starten, inte med andra."
    ),
    EvidenceReason.COMPARED: to_translate(
        "Utvecklingen är jämförd med andra, men allt talar inte för en effekt. {doubt}"
    ),
    EvidenceReason.DESIGNS_DIFFER: to_translate("Olika sätt att räkna ger olika riktning."),
    EvidenceReason.SURVIVED: to_translate(
        "Skillnaden mot de andra har klarat alla prövningar, och alla sätt att räkna ger samma riktning."
    ),
    EvidenceReason.REPEATED: to_translate(
        "Skillnaden har klarat prövningarna här och går åt samma håll i {places}, där den också har klarat dem."
    ),
    EvidenceReason.OTHER_FIGURES: to_translate(
        "Värden för måttet och kommunen skulle göra det möjligt att jämföra."
    ),
    EvidenceReason.A_START: to_translate(
        "Ett startdatum skulle göra det möjligt att jämföra före och efter."
    ),
    EvidenceReason.VALUES_AFTER: to_translate(
        "Nästa värde efter starten gör det möjligt att jämföra före och efter."
    ),
    EvidenceReason.VALUES_BEFORE: to_translate("Det skulle behövas värden från åren före starten."),
    EvidenceReason.ESTIMATE: to_translate(
        "Fler år, eller fler att jämföra med, kan göra en uppskattning möjlig."
    ),
    EvidenceReason.STRONGER: to_translate(
        "Nya värden efter starten kan göra skillnaden tydligare, eller visa att den inte höll i sig."
    ),
    EvidenceReason.ANOTHER: to_translate(
        "Om ännu en kommun provar och får samma utslag räknas det som upprepat. Nya eller ändrade värden kan också sänka graden."
    ),
    EvidenceReason.FALLS: to_translate(
        "Nya eller ändrade värden, här eller där det upprepats, kan sänka graden."
    ),
}
