"""The texts on how an effect was estimated, what its checks showed, and why there is none."""

from collections.abc import Mapping
from enum import Enum
from typing import Final

from domain.effect import Design
from domain.effect_reasons import CheckResult, EffectMethod, LeftOut, Refusal
from domain.message import to_translate

TEXTS: Final[Mapping[Enum, str]] = {
    Design.DIFFERENCE_IN_DIFFERENCES: to_translate(
        "Skillnad i skillnader: förändringen från åren före till åren efter starten, minus den genomsnittliga förändringen hos dem som jämförs."
    ),
    Design.SYNTHETIC_CONTROL: to_translate(
        "Syntetisk kontroll: den blandning av andra som låg närmast före starten visar hur det kunde ha gått (Abadie m.fl. 2010, bara utfallet)."
    ),
    Design.SYNTHETIC_DIFFERENCE_IN_DIFFERENCES: to_translate(
        "Syntetisk skillnad i skillnader: både de som jämförs och åren före starten vägs så att utvecklingen före liknar varandra (Arkhangelsky m.fl. 2021)."
    ),
    Design.GROUP_TIME: to_translate(
        "Medeleffekt över grupper och år: varje startår jämförs för sig, från året före starten, med dem som inte har börjat (Callaway och Sant’Anna 2021)."
    ),
    Design.INTERRUPTED_TIME_SERIES: to_translate(
        "Avbruten tidsserie: linjen genom åren före starten dras ut och jämförs med vad som hände. Ingen annan är med."
    ),
    EffectMethod.WINDOW: to_translate(
        "Åren {first}–{last}, varav {n_before} mätpunkter före starten {start} och {n_after} från starten."
    ),
    EffectMethod.STARTS: to_translate(
        "Åren {first}–{last}, med start {starts}. Tiden räknas från varje plats egen start."
    ),
    EffectMethod.DONORS: to_translate("{n} utan åtgärden är med i jämförelsen."),
    EffectMethod.MEAN_OF_TREATED: to_translate("De {n} som började samma år räknas som ett medelvärde."),
    CheckResult.WITHOUT_BADLY_FITTING: to_translate(
        "Utan de {n_dropped} som passade minst dubbelt så dåligt före starten blir p = {p}, räknat på {n}."
    ),
    CheckResult.TOO_FEW_FIT: to_translate(
        "Bara {n} av dem som inte gjorde något passar ungefär lika bra före starten: för få för att räkna på dem ensamma."
    ),
    CheckResult.ERROR_RATIO: to_translate(
        "Avvikelsen efter starten är {ratio} gånger den före. {n_extreme} av {n} som inte gjorde något har en minst lika stor kvot (p = {p})."
    ),
    CheckResult.FITTED_BY_CHANCE: to_translate(
        "{said} Med så många att blanda passar de flesta nästan perfekt före starten, av en slump, så kvoten avgör inget."
    ),
    CheckResult.WITH_NOT_YET_TREATED: to_translate(
        "Om även de som ännu inte hade börjat räknas in i jämförelsen blir uppskattningen {estimate}."
    ),
    CheckResult.LEAVING_ONE_DONOR_OUT: to_translate(
        "När de som väger utelämnas en i taget blir uppskattningen mellan {low} och {high}. Mest ändras den utan {donor}."
    ),
    CheckResult.PERMUTATION: to_translate(
        "Samma beräkning för {n} som inte gjorde något gav minst lika stor skillnad för {n_extreme} (p = {p})."
    ),
    CheckResult.TOO_FEW_TO_PERMUTE: to_translate(
        "Med {n} att jämföra med kan p aldrig bli lägre än {p}, så slumpen kan inte uteslutas."
    ),
    CheckResult.FALSE_START: to_translate(
        "Med en påhittad start {start}, innan något hände, blir uppskattningen {estimate} (p = {p})."
    ),
    CheckResult.TOO_SHORT_FOR_A_FALSE_START: to_translate(
        "Serien före starten är för kort för att pröva en påhittad, tidigare start."
    ),
    CheckResult.SEVERAL_WEIGHTS: to_translate(
        "Med {n_donors} att blanda och {n_before} mätpunkter före starten går det att träffa exakt på flera sätt. Vikterna är ett av dem, och passningen före säger därför lite."
    ),
    CheckResult.TREND_BEFORE: to_translate(
        "Före starten ändrades avståndet till jämförelsen med {slope} om året, att jämföra med dem som inte gjorde något (p = {p})."
    ),
    CheckResult.INTERVAL: to_translate(
        "Osäkerheten i linjen före starten ger en uppskattning mellan {low} och {high} (95 %)."
    ),
    CheckResult.SEGMENTS: to_translate(
        "Nivån ändrades med {level} vid starten och förändringen per år med {slope}, jämfört med linjen före."
    ),
    CheckResult.NOBODY_COMPARED: to_translate(
        "Ingen annan kommun är med i beräkningen: allt annat som hände vid samma tid ingår i siffran."
    ),
    Refusal.NO_VALUES: to_translate("Det finns inga värden för {unit}."),
    Refusal.NONE_AFTER: to_translate(
        "Det finns inget värde från startåret {start} eller senare: serien slutar {last}. Det går att räkna när det har kommit ett."
    ),
    Refusal.TOO_FEW_BEFORE: to_translate(
        "Serien har {n} mätpunkter före starten {start}. Det behövs minst {fewest} för att en effekt ska gå att uppskatta."
    ),
    Refusal.ONLY_DIFFERENCES: to_translate(
        "Serien har {n} mätpunkter före starten {start}. Med färre än {fewest} används bara skillnad i skillnader, med utvecklingen ritad."
    ),
    Refusal.TOO_FEW_FOR_A_LINE: to_translate(
        "Serien har {n} mätpunkter före starten {start}. En avbruten tidsserie behöver minst {fewest}."
    ),
    Refusal.HOLES: to_translate("Serien för {unit} har hål: värden saknas {times}."),
    Refusal.CONSTANT: to_translate(
        "Värdet för {unit} är detsamma alla år före starten, så det går inte att se hur serien rör sig av sig själv."
    ),
    Refusal.BREAK: to_translate(
        "Måttet fick en annan nivå eller definition {times}, inom de år som jämförs ({first}–{last}). Åren går inte att hålla mot varandra."
    ),
    Refusal.SEVERAL_STARTS: to_translate(
        "Platserna började olika år ({starts}). Då används medeleffekt över grupper och år (gt)."
    ),
    Refusal.TOO_FEW_DONORS: to_translate(
        "Det finns {n} att jämföra med som har hela serier. Det behövs minst {fewest}: med färre kan slumpen inte skiljas från en effekt."
    ),
    Refusal.POOR_FIT: to_translate(
        "Jämförelsen följer inte serien före starten: felet är {error}, mot som mest {most} som brukar duga. Skillnaden ritas, men ingen siffra ges."
    ),
    LeftOut.HAS_GAPS: to_translate("Värden saknas {times}."),
    LeftOut.IS_CONSTANT: to_translate("Värdet är detsamma alla år."),
    LeftOut.FROM_TO: to_translate("{first}–{last}, {n} av {total} år"),
    LeftOut.TREATED_SERIES: to_translate("Utelämnad bland dem som genomförde det: {reason}"),
}
