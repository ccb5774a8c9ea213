"""What each made-up story shows, and the words for who cannot see it. Drawn here, so that no photograph shows anybody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Final

from domain.cooperation_method import MethodKind
from pipelines.demonstration.stories.drawing import (
    BLUE,
    BRICK,
    CLAY,
    DUSK,
    GRASS,
    INK,
    LEAF,
    MIST,
    NIGHT,
    OCHRE,
    PAPER,
    PINE,
    PLUM,
    SAND,
    SKY,
    STONE,
    STRAW,
    TEAL,
    WHITE,
    WIDTH,
    Drawing,
)


@dataclass(frozen=True, slots=True)
class Scene:
    """How it is drawn, and what it shows in words."""

    draw: Callable[[], Drawing]
    alternative: str


def same_faces() -> Drawing:
    made = Drawing(SKY)
    made.ground(350, GRASS)
    made.house(250, 350, 300, 170, PAPER, BRICK)
    made.box(370, 250, 60, 100, TEAL, round_by=4)
    made.windows(280, 220, 1, 1, BLUE, size=44)
    made.windows(476, 220, 1, 1, STRAW, size=44)
    for place, x in enumerate((120, 200, 600, 680, 400)):
        made.person(x, 410, BLUE, skin=place)
    return made


def coffee_cart() -> Drawing:
    made = Drawing(MIST)
    for x, height, wall in ((20, 300, SAND), (210, 340, CLAY), (600, 320, SAND)):
        made.house(x, 350, 180, height, wall)
        made.windows(x + 24, 350 - height + 30, 3, 4, WHITE)
    made.ground(350, STONE)
    made.box(410, 250, 170, 90, TEAL, round_by=8)
    for stripe in range(6):
        made.box(396 + stripe * 33, 200, 33, 34, WHITE if stripe % 2 else BRICK)
    made.box(416, 230, 6, 30, INK)
    made.box(568, 230, 6, 30, INK)
    for x in (445, 545):
        made.disc(x, 352, 30, INK)
        made.disc(x, 352, 20, STONE)
    made.cup(495, 250, WHITE, size=0.7)
    made.person(300, 400, PLUM)
    made.person(360, 405, OCHRE, skin=2)
    made.person(660, 405, BLUE, skin=1)
    return made


def lamp_by_the_bed() -> Drawing:
    made = Drawing(DUSK)
    made.ground(340, "#8a7a6a")
    made.disc(610, 190, 150, "#7c7f84")
    made.disc(610, 190, 95, "#a9a084")
    made.box(598, 190, 24, 150, INK)
    made.shape((560, 200), (660, 200), (635, 140), (585, 140), colour=STRAW)
    made.box(90, 250, 360, 90, BRICK, round_by=10)
    made.box(90, 225, 360, 60, WHITE, round_by=16)
    made.box(105, 205, 110, 48, PAPER, round_by=20)
    made.box(230, 225, 220, 70, TEAL, round_by=14)
    made.box(500, 390, 210, 22, CLAY, round_by=11)
    for x in (510, 690):
        made.line((x, 384), (x + 12, 418), colour=STRAW, width=6)
    return made


def maths_room() -> Drawing:
    made = Drawing(PAPER)
    made.ground(350, SAND)
    made.box(220, 50, 360, 180, PINE, round_by=6)
    made.line((270, 190), (270, 80), colour=WHITE, width=4)
    made.line((260, 180), (520, 180), colour=WHITE, width=4)
    made.line((280, 172), (340, 160), (400, 132), (450, 100), (490, 74), colour=STRAW, width=5)
    made.box(140, 310, 520, 26, CLAY, round_by=6)
    made.box(170, 336, 16, 90, BRICK)
    made.box(614, 336, 16, 90, BRICK)
    for place, (x, coat) in enumerate(((200, BLUE), (310, PLUM), (500, TEAL), (600, OCHRE))):
        made.person(x, 312, coat, skin=place, size=0.95)
    made.box(370, 290, 70, 20, WHITE, round_by=2)
    return made


def evening_square() -> Drawing:
    made = Drawing(NIGHT)
    made.disc(660, 90, 40, PAPER)
    made.disc(678, 80, 36, NIGHT)
    for x, height in ((0, 210), (150, 170), (520, 190), (670, 230)):
        made.house(x, 330, 140, height, "#3d4a63")
        made.windows(x + 22, 350 - height, 3, 2, STRAW, size=20, apart=38)
    made.ground(330, "#4a556b")
    made.lamp_post(250, 400, 200, "#4f5d6b")
    made.lamp_post(560, 400, 200, "#4f5d6b")
    for place, x in enumerate((330, 390, 450)):
        made.person(x, 410, TEAL, skin=place, cap=STRAW)
    made.person(130, 420, PLUM, skin=3)
    made.person(690, 415, CLAY)
    return made


def morning_call() -> Drawing:
    made = Drawing(SKY)
    made.disc(250, 210, 130, WHITE)
    made.arc(250, 210, 130, 0, 360, BLUE, 10)
    for hour in range(12):
        angle = hour * pi / 6
        made.disc(250 + 108 * sin(angle), 210 - 108 * cos(angle), 5, INK)
    made.line((250, 210), (250 - 62, 210 + 26), colour=INK, width=9)
    made.line((250, 210), (340, 210), colour=INK, width=6)
    made.box(510, 90, 160, 280, INK, round_by=24)
    made.box(524, 120, 132, 210, MIST, round_by=6)
    made.disc(590, 200, 34, TEAL)
    made.disc(590, 290, 18, LEAF)
    for radius in (30, 46):
        made.arc(700, 130, radius, 280, 350, BLUE, 6)
    return made


def work_over_the_border() -> Drawing:
    made = Drawing(SKY)
    made.hill(150, 190, 330, LEAF)
    made.hill(640, 170, 360, GRASS)
    made.ground(370, STONE)
    made.box(70, 210, 250, 150, CLAY)
    for peak in range(3):
        left = 70 + peak * 83.3
        made.shape((left, 210), (left + 83.3, 210), (left, 168), colour=BRICK)
    made.windows(95, 240, 5, 1, STRAW, size=30)
    made.house(590, 330, 110, 110, PAPER, BRICK)
    made.box(0, 388, WIDTH, 8, INK)
    made.box(360, 318, 260, 66, TEAL, round_by=18)
    made.windows(380, 330, 5, 1, WHITE, size=24, apart=46)
    for x in (400, 450, 540, 590):
        made.disc(x, 386, 11, INK)
    made.person(340, 366, OCHRE, size=0.6)
    return made


def one_way_in() -> Drawing:
    made = Drawing(SAND)
    made.box(60, 50, 680, 350, WHITE, round_by=6)
    made.line((110, 350), (190, 300), (160, 220), (260, 170), (330, 250), (300, 330), colour=STONE, width=6)
    made.line((300, 330), (390, 340), (420, 240), (380, 150), (470, 110), colour=STONE, width=6)
    made.line((110, 350), (320, 352), (480, 300), (600, 230), colour=TEAL, width=10)
    made.box(590, 110, 90, 140, CLAY, round_by=6)
    made.box(600, 120, 70, 130, BRICK, round_by=4)
    made.disc(658, 190, 5, STRAW)
    made.person(110, 365, BLUE, size=0.7)
    made.line((250, 160), (272, 182), colour=BRICK, width=7)
    made.line((272, 160), (250, 182), colour=BRICK, width=7)
    return made


def lockers() -> Drawing:
    made = Drawing(MIST)
    made.ground(380, STONE)
    for column in range(6):
        colour = (TEAL, BLUE, OCHRE, TEAL, CLAY, BLUE)[column]
        made.box(70 + column * 112, 80, 104, 300, colour, round_by=4)
        made.box(92 + column * 112, 110, 60, 30, WHITE, round_by=3)
        made.disc(160 + column * 112, 240, 5, INK)
        for slit in range(3):
            made.box(96 + column * 112, 320 + slit * 14, 52, 5, INK, round_by=2)
    made.person(346, 420, PLUM, skin=1)
    made.person(470, 424, STRAW, skin=2)
    return made


def a_voice() -> Drawing:
    made = Drawing(PAPER)
    made.person(210, 400, TEAL, size=1.8, skin=1)
    made.person(590, 400, CLAY, size=1.8)
    made.box(280, 60, 240, 110, WHITE, round_by=30)
    made.shape((300, 150), (250, 200), (350, 165), colour=WHITE)
    for dot in range(3):
        made.disc(350 + dot * 50, 115, 11, BLUE)
    for x, side in ((242, 1), (558, -1)):
        made.line((x, 225), (x + 8 * side, 262), colour=INK, width=12)
    made.arc(400, 260, 150, 15, 165, STONE, 5)
    return made


def book_that_rises_and_falls() -> Drawing:
    made = Drawing(SKY)
    made.ground(390, GRASS)
    made.shape((80, 360), (390, 330), (390, 160), (80, 190), colour=WHITE)
    made.shape((720, 360), (410, 330), (410, 160), (720, 190), colour=WHITE)
    made.box(388, 158, 24, 176, STONE)
    rise = [(120, 320), (180, 300), (230, 226), (290, 214), (370, 232)]
    made.line(*rise, (430, 250), (500, 280), (580, 306), (680, 322), colour=CLAY, width=9)
    made.line((120, 336), (370, 314), colour=MIST, width=5)
    made.line((430, 314), (680, 336), colour=MIST, width=5)
    made.disc(660, 80, 38, STRAW)
    return made


def camera_at_night() -> Drawing:
    made = Drawing(NIGHT)
    made.box(440, 60, 240, 190, "#46536d")
    made.box(452, 72, 216, 166, "#1f2839")
    made.disc(620, 110, 20, PAPER)
    made.box(556, 72, 8, 166, "#46536d")
    made.ground(360, "#454458")
    made.box(100, 290, 380, 80, "#6b5a58", round_by=10)
    made.box(100, 262, 380, 60, "#8d93a6", round_by=16)
    made.disc(170, 258, 26, "#b9805a")
    made.box(210, 262, 270, 60, DUSK, round_by=14)
    made.box(150, 70, 90, 52, STONE, round_by=12)
    made.disc(218, 96, 17, INK)
    made.disc(218, 96, 7, BRICK)
    made.shape((240, 96), (420, 190), (300, 250), colour="#3a465f")
    return made


def a_computer_each() -> Drawing:
    made = Drawing(PAPER)
    for row in range(3):
        y = 120 + row * 110
        made.box(0, y + 50, WIDTH, 16, SAND)
        for column in range(5):
            x = 70 + column * 145
            made.box(x, y - 20, 90, 60, INK, round_by=5)
            made.box(x + 7, y - 13, 76, 46, SKY if (row + column) % 4 else STRAW)
            made.box(x - 10, y + 40, 110, 10, STONE, round_by=4)
    return made


def two_lines() -> Drawing:
    made = Drawing(SAND)
    made.box(120, 40, 560, 370, WHITE, round_by=4)
    made.line((180, 80), (180, 350), colour=STONE, width=4)
    made.line((180, 350), (630, 350), colour=STONE, width=4)
    made.line((190, 310), (280, 280), (370, 236), (460, 190), (610, 128), colour=BLUE, width=9)
    made.line((190, 322), (280, 290), (370, 252), (460, 204), (610, 144), colour=OCHRE, width=9)
    made.line((370, 90), (370, 350), colour=STONE, width=3)
    made.cup(70, 420, CLAY)
    return made


def board_and_coffee() -> Drawing:
    made = Drawing(MIST)
    made.ground(370, SAND)
    made.box(120, 50, 420, 260, WHITE, round_by=6)
    for column in range(7):
        for row in range(5):
            colour = (TEAL, STRAW, MIST, CLAY, MIST)[(column * 2 + row * 3) % 5]
            made.box(138 + column * 56, 70 + row * 46, 46, 36, colour, round_by=4)
    made.box(560, 330, 190, 20, BRICK, round_by=6)
    made.cup(620, 330, WHITE, size=1.2)
    made.cup(700, 330, OCHRE, size=1.2)
    made.person(300, 425, BLUE, skin=2)
    made.person(400, 425, PLUM)
    return made


def carrots() -> Drawing:
    made = Drawing(PAPER)
    made.ground(360, SAND)
    made.box(480, 200, 220, 150, STONE, round_by=14)
    made.box(460, 190, 260, 24, DUSK, round_by=10)
    made.box(560, 164, 60, 26, DUSK, round_by=8)
    for place in range(5):
        x, top = 90 + place * 72, 270 - place * 34
        for leaf in (-16, 0, 16):
            made.line((x, top), (x + leaf, top - 42), colour=LEAF, width=8)
        made.shape((x - 22, top), (x + 22, top), (x, 352), colour=OCHRE)
        made.disc(x, top, 22, OCHRE)
    return made


def words_on_boxes() -> Drawing:
    made = Drawing(MIST)
    made.ground(370, STONE)
    for x, y, width in ((80, 250, 130), (220, 250, 130), (150, 130, 130)):
        made.box(x, y, width, 112, SAND, round_by=4)
        made.box(x, y + 46, width, 12, OCHRE)
        made.box(x + 20, y + 72, width - 60, 8, INK, round_by=3)
        made.box(x + 20, y + 88, width - 80, 8, INK, round_by=3)
    made.box(70, 362, 300, 14, BRICK)
    made.person(470, 410, BLUE, size=1.3, skin=3)
    made.person(640, 410, PLUM, size=1.3)
    made.box(500, 60, 190, 90, WHITE, round_by=24)
    made.shape((520, 140), (480, 190), (570, 146), colour=WHITE)
    for row in range(3):
        made.box(526, 82 + row * 19, 136 - row * 34, 9, TEAL, round_by=4)
    return made


def bus_by_the_beach() -> Drawing:
    made = Drawing(SKY)
    made.box(0, 200, WIDTH, 110, BLUE)
    made.ground(300, SAND)
    made.disc(690, 80, 42, STRAW)
    made.box(110, 180, 360, 160, CLAY, round_by=20)
    made.windows(136, 204, 5, 1, WHITE, size=48, apart=64)
    made.box(130, 284, 320, 26, WHITE, round_by=4)
    for book in range(16):
        made.box(138 + book * 19, 286, 14, 22, (TEAL, OCHRE, PLUM, BLUE)[book % 4])
    for x in (190, 390):
        made.disc(x, 342, 32, INK)
        made.disc(x, 342, 14, STONE)
    made.line((640, 250), (640, 400), colour=INK, width=5)
    made.shape((540, 270), (740, 270), (640, 190), colour=TEAL)
    made.person(590, 410, STRAW, size=0.8, skin=1)
    made.person(530, 414, PLUM, size=0.6, skin=2)
    return made


def open_door() -> Drawing:
    made = Drawing(SAND)
    made.box(80, 40, 400, 380, SKY)
    made.box(80, 300, 400, 120, GRASS)
    made.shape((240, 420), (330, 420), (300, 300), (280, 300), colour=PAPER)
    made.tree(150, 310, 150)
    made.tree(420, 305, 120, PINE)
    made.box(340, 330, 110, 12, BRICK, round_by=4)
    for x in (350, 436):
        made.box(x, 340, 8, 30, BRICK)
    made.shape((480, 20), (640, 0), (640, 450), (480, 430), colour=TEAL)
    made.disc(508, 235, 9, STRAW)
    made.box(60, 20, 22, 410, BRICK)
    made.box(60, 20, 424, 22, BRICK)
    made.ground(420, STONE)
    made.person(690, 430, PLUM, size=1.2, skin=2)
    return made


def school_yard() -> Drawing:
    made = Drawing(DUSK)
    made.house(30, 340, 260, 190, CLAY, BRICK)
    made.windows(60, 180, 5, 2, STRAW, size=28)
    made.ground(340, "#6f7a72")
    made.lamp_post(370, 390, 260, "#74809a")
    made.box(636, 110, 10, 280, INK)
    made.box(570, 90, 140, 90, WHITE, round_by=4)
    made.line((605, 176), (675, 176), colour=BRICK, width=7)
    for x in (612, 630, 650, 668):
        made.line((x, 180), (640 + (x - 640) * 0.6, 222), colour=WHITE, width=3)
    made.disc(530, 250, 24, OCHRE)
    for place, (x, coat) in enumerate(((440, TEAL), (510, STRAW), (280, PLUM))):
        made.person(x, 420, coat, skin=place + 1, size=0.9)
    return made


def round_table() -> Drawing:
    made = Drawing(GRASS)
    made.disc(400, 225, 150, SAND)
    made.disc(400, 225, 138, PAPER)
    coats = (TEAL, CLAY, BLUE, PLUM, OCHRE, BRICK)
    for place, coat in enumerate(coats):
        angle = place * 2 * pi / len(coats)
        made.oval(400 + 205 * cos(angle), 225 + 180 * sin(angle), 46, 34, coat)
        made.disc(400 + 205 * cos(angle), 225 + 180 * sin(angle), 22, "#e3b48f" if place % 2 else "#b9805a")
        made.disc(400 + 100 * cos(angle), 225 + 96 * sin(angle), 19, WHITE)
        made.disc(400 + 100 * cos(angle), 225 + 96 * sin(angle), 13, BRICK)
    made.disc(400, 225, 34, STRAW)
    return made


def a_tool() -> Drawing:
    made = Drawing(SAND)
    made.box(190, 50, 320, 350, WHITE, round_by=4)
    for row in range(6):
        made.box(230, 96 + row * 46, 24, 24, TEAL if row < 4 else MIST, round_by=5)
        made.box(274, 102 + row * 46, 190 - (row % 3) * 34, 12, STONE, round_by=5)
    made.shape((560, 110), (600, 130), (500, 350), (470, 372), (466, 330), colour=OCHRE)
    made.shape((500, 350), (470, 372), (466, 330), colour=INK)
    return made


def co_operation() -> Drawing:
    made = Drawing(MIST)
    made.ground(350, STONE)
    for place, (x, coat) in enumerate(((190, TEAL), (320, PLUM), (480, OCHRE), (610, BLUE))):
        made.person(x, 284, coat, size=1.25, skin=place)
    made.box(110, 262, 580, 24, CLAY, round_by=8)
    for x in (150, 632):
        made.box(x, 286, 18, 110, BRICK)
    made.box(340, 246, 120, 16, WHITE, round_by=2)
    made.cup(250, 262, WHITE, size=0.7)
    made.cup(540, 262, OCHRE, size=0.7)
    return made


def residents() -> Drawing:
    made = Drawing(SKY)
    made.ground(350, GRASS)
    made.box(180, 290, 440, 20, CLAY, round_by=4)
    made.box(180, 300, 440, 60, WHITE)
    for place, (x, coat) in enumerate(((230, BLUE), (340, OCHRE), (460, PLUM), (570, TEAL))):
        made.person(x, 292, coat, skin=place)
        made.box(x - 42, 70 + (place % 2) * 28, 84, 46, WHITE, round_by=16)
        made.shape(
            (x - 10, 110 + (place % 2) * 28),
            (x + 12, 110 + (place % 2) * 28),
            (x, 134 + (place % 2) * 28),
            colour=WHITE,
        )
    for row in range(4):
        made.box(210 + row * 104, 322, 70, 8, (TEAL, CLAY, BLUE, PLUM)[row], round_by=4)
    return made


SCENES: Final[Mapping[str, Scene]] = {
    "pahittat-samma-ansikten": Scene(
        same_faces, "Teckning: fem personer i likadana blå jackor framför ett hus med en grön dörr."
    ),
    "pahittat-kaffevagnen": Scene(
        coffee_cart,
        "Teckning: en kaffevagn med randigt tak på en gård mellan hyreshus, och tre personer runt den.",
    ),
    "pahittat-fallpatrullen": Scene(
        lamp_by_the_bed,
        "Teckning: ett sovrum i skymning där en lampa lyser bredvid sängen och mattan är fasttejpad.",
    ),
    "pahittat-mattestugan": Scene(
        maths_room, "Teckning: fyra personer vid ett långt bord framför en tavla med en stigande kurva."
    ),
    "pahittat-klockan-tio": Scene(
        evening_square, "Teckning: ett torg på kvällen där tre vuxna i gula mössor står mellan två gatlyktor."
    ),
    "pahittat-franvarocoachen": Scene(
        morning_call, "Teckning: en klocka som visar kvart över åtta bredvid en telefon som ringer."
    ),
    "pahittat-jobbtorget": Scene(
        work_over_the_border, "Teckning: en fabrik och ett hus på var sin sida, med ett tåg mellan dem."
    ),
    "pahittat-en-vag-in": Scene(
        one_way_in,
        "Teckning på smörpapper: en krånglig grå väg som slutar i ett kryss och en rak grön väg till en dörr.",
    ),
    "pahittat-resurspoolen": Scene(
        lockers, "Teckning: två personer framför sex färgade skåp med namnskyltar."
    ),
    "pahittat-manniska-i-luren": Scene(
        a_voice, "Teckning: två personer i telefon med varandra, och en pratbubbla mellan dem."
    ),
    "pahittat-lasveckorna": Scene(
        book_that_rises_and_falls,
        "Teckning: en uppslagen bok där en kurva stiger på vänster sida och sjunker på höger.",
    ),
    "pahittat-nattkameran": Scene(
        camera_at_night,
        "Teckning: ett sovrum på natten med en kamera i taket riktad mot någon som ligger vaken.",
    ),
    "pahittat-en-dator-var": Scene(
        a_computer_each, "Teckning: tre rader likadana bärbara datorer på bänkar."
    ),
    "pahittat-heltidsresan": Scene(
        two_lines, "Teckning: ett diagram där två linjer stiger nästan precis lika, bredvid en kaffekopp."
    ),
    "pahittat-onskeschemat": Scene(
        board_and_coffee,
        "Teckning: två personer framför en schematavla med färgade rutor, och två kaffekoppar.",
    ),
    "pahittat-ekokocken": Scene(carrots, "Teckning: fem morötter i stigande storlek bredvid en stor gryta."),
    "pahittat-sprak-pa-jobbet": Scene(
        words_on_boxes,
        "Teckning: två personer på ett lager, den ena talar, bredvid staplade lådor med ord på.",
    ),
    "pahittat-bokbussen": Scene(
        bus_by_the_beach, "Teckning: en röd bokbuss vid en badstrand med parasoll och två barn."
    ),
    "pahittat-uteplatsen": Scene(
        open_door,
        "Teckning: en öppen dörr mot en gård med en gång, två träd och en bänk. En person står innanför.",
    ),
    "pahittat-skolgarden": Scene(
        school_yard, "Teckning: en skolgård i skymning med en tänd lykta, en basketkorg och tre barn."
    ),
    "pahittat-ingen-ensam": Scene(
        round_table, "Teckning: ett runt bord sett uppifrån, med sex personer och en kopp framför var och en."
    ),
}
OF_METHODS: Final[Mapping[MethodKind, Scene]] = {
    MethodKind.TOOL: Scene(a_tool, "Teckning: en lista där fyra av sex rutor är ifyllda, och en penna."),
    MethodKind.COOPERATION: Scene(
        co_operation, "Teckning: fyra personer vid ett gemensamt bord, med ett papper och två koppar."
    ),
    MethodKind.RESIDENTS: Scene(
        residents, "Teckning: fyra personer bakom ett bord utomhus, var och en med en pratbubbla."
    ),
}
