"""Stories to be searched, short but written as municipalities write, with several near each other in every field."""

from datetime import date

from domain.case import Aim, AimDirection, Case, CaseStatus, StudyVisit
from domain.cooperation_method import CooperationMethod, MethodKind
from domain.story import Standing, StoryState, Tag, TagKind

# id, place, title, question, what was done
CASES = """
mindre-grupper|0123|Samma ansikten hos den som har hemtjänst|Hur blir det färre olika personer hemma hos den som får hjälp?|Personalen i hemtjänsten delades in i lag om sex, och varje lag fick ansvar för ett eget kvarter. Schemat lades om.
matlador|0583|Nylagad mat hem|Hur får äldre med hemtjänst god mat?|Skolköket lagar matlådor som körs ut varm till lunch. Kostnaden per låda är densamma.
promenadgrupper|0480|Ut och gå varje tisdag|Hur bryter vi ensamheten bland de äldsta?|Pensionärsföreningen och kommunen ordnar promenader från äldreboendet. En fika väntar vid målet.
fallforebyggande|2181|Färre som ramlar hemma|Kan fallskador förebyggas med styrketräning?|Fysioterapeuter leder balansträning, och fixartjänsten byter glödlampor och tar bort mattor.
digital-tillsyn|2480|Tillsyn på natten med kamera|Vill äldre ha nattillsyn via kamera?|Den som vill får en kamera i sovrummet i stället för nattbesök. Anhöriga var först oroliga.
demensby|1283|Ett kvarter för den som glömmer|Hur kan ett boende för personer med demenssjukdom bli lugnare?|Gården byggdes om med slingrande gångar, och larmade dörrar togs bort.
lasning-ak3|1383|Alla ska läsa i årskurs tre|Hur får vi fler elever att knäcka läskoden?|Två lärare i klassrummet i svenska, täta avstämningar och högläsning varje dag.
fritidshem-ute|0381|Eftermiddagen utomhus|Hur blir fritidshemmet roligare för tioåringar?|Fritidshemmets barn är i skogen tre dagar i veckan. Idrottsföreningar kommer dit.
narvaroteam|0780|Ringa samma morgon|Hur får vi hem elever som inte kommer till skolan att komma tillbaka?|Ett närvaroteam ringer varje morgon och gör hembesök vid lång frånvaro.
skolfrukost|1480|Frukost på skolan|Presterar elever bättre mätta?|Gratis frukost serveras i matsalen mellan sju och åtta.
mobilfritt|1880|Mobilerna i lådan|Blir det lugnare på lektionerna utan mobiltelefoner?|Telefonerna samlas in på morgonen på högstadiet.
behoriga-larare|0127|Fler behöriga lärare stannar|Hur rekryterar vi legitimerade lärare till förorten?|Obehöriga lärare får läsa in sin legitimation på arbetstid. Mentorer möter nya lärare.
studievagledning|1440|Studievägledning på modersmålet|Hur klarar nyanlända elever gymnasiet?|Studiehandledare på arabiska, somaliska och dari i ämnena.
sprakforskola|0581|Språkets förskola|Hur stärker vi svenskan före skolstarten?|Förskolans barn har bokpåsar med sig hem, och föräldrarna bjuds in till högläsning.
barngrupper|0680|Mindre barngrupper|Blir barnen lugnare när grupperna är mindre?|Barngrupperna på förskolorna delades på förmiddagen.
sommarjobb|0180|Ferieplats åt alla sextonåringar|Hur får unga sitt första jobb?|Varje sextonåring erbjuds tre veckors feriearbete i kommunen eller i en förening.
jobbspar|2081|Från försörjningsstöd till egen lön|Hur kortar vi tiden med ekonomiskt bistånd?|Arbetsmarknadsenheten och socialtjänsten sitter i samma hus och gör en gemensam plan.
vard-utbildning|0880|Undersköterska på arbetstid|Hur får vi fler utbildade i vården?|Vårdbiträden läser till undersköterska på komvux med lön.
heltid|2380|Heltid som norm|Hur får fler anställda heltid utan fler delade turer?|Alla nyanställda inom vården får heltid. Schemaläggning sker i grupp.
sjukfranvaro|2184|Chefer med färre medarbetare|Sjunker sjukfrånvaron när chefer har färre anställda?|Ingen chef har fler än tjugofem medarbetare.
timvikarier|0484|Egen pool i stället för timanställda|Hur blir vi mindre beroende av timvikarier?|En bemanningspool med månadsanställda täcker frånvaro på äldreboenden.
bygglov-snabbt|1496|Bygglov på fyra veckor|Hur kortar vi handläggningstiden för småhus?|En e-tjänst stoppar ofullständiga ansökningar, och en lots svarar i telefon.
foretagslots|0860|En väg in för företagare|Hur blir företagen nöjdare med kommunens service?|En företagslots samlar livsmedelskontroll, miljö och bygg vid ett bord.
upphandling-lokalt|2023|Dela upp anbuden|Hur får små lokala företag en chans i upphandlingen?|Stora ramavtal delas i mindre poster, och dialogmöten hålls före annons.
trygghetsvandring|1380|Gå där det är mörkt|Hur minskar vi rädslan i centrum?|Invånare och fastighetsägare går trygghetsvandringar. Buskar röjs och lampor sätts upp.
grannsamverkan|0138|Grannarna håller ögonen öppna|Minskar grannsamverkan antalet bostadsinbrott?|Polisen utbildar kontaktombud, och skyltar sätts upp i radhusområden.
faltare|0140|Fältassistenter på kvällen|Vad gör unga som hänger i gallerian?|Fältassistenter möter ungdomar där de är på fredagar och lördagar.
klotter|1280|Klottret bort inom ett dygn|Lönar det sig att sanera snabbt?|Sanering inom tjugofyra timmar efter anmälan, och en laglig vägg för graffiti.
matsvinn|0181|Väg det som slängs|Hur minskar matsvinnet i skolan?|Eleverna väger det de slänger, och resultatet visas på en skärm vid disken.
ekologiskt|1281|Närodlat och ekologiskt i köken|Hur köper vi in mer ekologiskt inom samma ram?|Menyerna lades om efter säsong, och köttet minskade.
sortering|1490|Matavfall i egen påse|Hur får vi flerfamiljshus att sortera?|Bostadsbolaget byggde om soprummen och gick runt och knackade dörr.
laddstolpar|0980|Elbilar i hela kommunen|Behövs laddstolpar på landsbygden?|Kommunens bilpool gick över till el, och laddare sattes upp vid bygdegårdar.
cykelvagar|1281b|Cykla till skolan|Hur får vi föräldrar att låta bilen stå?|Säkra cykelvägar, vandrande skolbuss och bilfria gator morgon och kväll.
kulturskola|0136|Kulturskolan kommer till dig|Hur når musikskolan barn i områden där ingen söker?|Undervisning i dans och instrument på skoltid, utan avgift.
bokbuss|2313|Bokbussen tillbaka|Hur når biblioteket den som bor långt bort?|Meröppet bibliotek och en bokbuss som stannar vid skolor och äldreboenden.
simskola|1282|Alla ska kunna simma|Hur blir alla elever i årskurs sex simkunniga?|Gratis simskola på loven för den som inte nått målet.
flickidrott|0126|Tjejkvällar i hallen|Hur får vi flickor att fortsätta med sport?|Idrottshallen är öppen för flickor två kvällar, och ledarna är unga kvinnor.
oppna-lokaler|2580|Nyckel till bygdegården|Hur får föreningslivet lokaler på landet?|Kommunens lokaler bokas och låses upp med mobilen.
idrottsskada|0330|Leva med LSS|Hur får personer med funktionsnedsättning en meningsfull fritid?|Fritidsledare och ledsagare ordnar aktiviteter med föreningar.
kvinnofrid|1780|Skydd samma dag|Hur får den som utsätts för våld i nära relationer hjälp fort?|Socialtjänst, polis och kvinnojour sitter tillsammans, och skyddat boende ordnas samma dag.
foraldraskap|0880b|Föräldrar möts på kvällen|Hjälper föräldrakurser mot konflikter hemma?|Gruppledare från förskola och socialtjänst håller kurser på fyra språk.
psykisk-halsa|0643|Någon att prata med|Hur mår unga bättre?|En ungdomsmottagning på nätet och elevhälsa med kurator på plats varje dag.
gnesta|0461|Kommun och föreningar mot isolering|Hur bryts isolering bland äldre med civilsamhället?|Ett idéburet offentligt partnerskap med Röda Korset och hembygdsföreningen.
medborgarbudget|1415|Invånarna delar ut en miljon|Hur får invånare bestämma på riktigt?|Förslag samlas in, och alla över tretton år får rösta om medborgarbudgeten.
""".strip()
METHODS = """
dialogduk|Dialogduken|En duk på torget där förbipasserande skriver och ritar vad de tycker om platsen.
varldscafe|Världskafé|Få igång ett samtal i en stor grupp: bord, värdar och byten av plats.
aktorskarta|Aktörskartan|Se vilka som rör samma fråga innan ett samverkansprojekt börjar.
""".strip()
TODAY = date(2026, 1, 1)
MEASURES = {"mindre-grupper": "U21468", "fallforebyggande": "N20434", "behoriga-larare": "N15813"}
SUBJECTS = {"mindre-grupper": "äldreomsorg", "fallforebyggande": "äldreomsorg", "demensby": "äldreomsorg"}


def a_case(name: str, place: str = "0123", title: str = "Något", **more: object) -> Case:
    """A published case with as little as a test needs."""
    standing = Standing(name, StoryState.PUBLISHED, place)
    facts = {"question": "Vad?", "municipality_code": place[:4], "status": CaseStatus.RUNNING} | more
    return Case(standing, title, **facts)


def corpus() -> list[Case | CooperationMethod]:
    """Forty-odd cases and a few methods."""
    stories: list[Case | CooperationMethod] = []
    for line in CASES.splitlines():
        name, place, title, question, done = line.split("|")
        aims = [Aim(MEASURES[name], AimDirection.INCREASE, TODAY)] if name in MEASURES else []
        tags = [Tag(TagKind.SUBJECT, SUBJECTS[name])] if name in SUBJECTS else []
        stories.append(
            a_case(
                name,
                place,
                title,
                question=question,
                what_was_done=done,
                aims=tuple(aims),
                tags=tuple(tags),
                study_visit=StudyVisit(
                    is_offered=name == "demensby", what_one_sees="Gården", how_to_ask="Enhetschefen"
                ),
            )
        )
    for line in METHODS.splitlines():
        name, title, purpose = line.split("|")
        stories.append(
            CooperationMethod(Standing(name, StoryState.PUBLISHED), title, MethodKind.RESIDENTS, purpose)
        )
    return stories


# What is written, and what must be among the first five.
QUERIES = {
    "hemtjänstpersonal": "mindre-grupper",  # a compound that no text holds
    "personal i hemtjänsten": "mindre-grupper",
    "personalkontinuitet hemtjänst": "mindre-grupper",
    "aldreboenden": "promenadgrupper",  # without dots
    "fritids": "fritidshem-ute",  # a synonym
    "fritis på eftermiddagen": "fritidshem-ute",
    "skolk": "narvaroteam",
    "elever som skolkar": "narvaroteam",
    "fallolyckor bland gamla": "fallforebyggande",
    "falprevention": "fallforebyggande",  # misspelt, another compound
    "bygglovshandläggning": "bygglov-snabbt",
    "handlegningstid byglov": "bygglov-snabbt",  # misspelt twice
    "socialbidrag": "jobbspar",
    "ekonomiskt bistand": "jobbspar",
    "sommarjobben": "sommarjobb",
    "lärarlegitimation": "behoriga-larare",
    "lararbrist behorighet": "behoriga-larare",
    "demensboende": "demensby",
    "sjukskrivningar": "sjukfranvaro",
    "dagis språkutveckling": "sprakforskola",
    "musikskola gratis": "kulturskola",
    "trygghet i centrum": "trygghetsvandring",
    "matsvin": "matsvinn",  # misspelt
    "civilsamhället mot ensamhet": "gnesta",
    "partnervåld": "kvinnofrid",
    "cykelbana till skolor": "cykelvagar",
    "medborgardialog på torget": "dialogduk",
    "ungdommars psykiska ohälsa": "psykisk-halsa",
}
