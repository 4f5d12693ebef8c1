"""How are the board, a change and a map read?"""

from pages.frame import draw, guide

draw.question("How to read this")

guide.pictured(
    "board",
    "A board: crime types down the side, three town centres across. Most cells are grey, two are blue and say “fell more”.",
    "The board: did anything stand out?",
    [
        "A row is a crime type, a column a place. 163 → 100 are the incidents recorded in the earlier and in the later year.",
        "Blue: it fell more than similar places did. Orange: it rose more. Grey: within ordinary ups and downs, or too few to say.",
        "The line is the later year month by month, the dotted line the earlier one.",
        "No percentage stands on fewer than 50 incidents: a handful would move it far.",
    ],
)
guide.pictured(
    "reason",
    "The reason of one change: its verdict, one sentence, a bar a month, and a strip of what similar places did.",
    "A cell: why does it stand out, or not?",
    [
        "Choose a cell by mouse, or by arrow keys and Enter. The sentence beside the board is one to read out.",
        "Bars are months: grey the earlier year, dark the later one. A dotted month was not published. "
        "A hollow one has no partner to be compared with.",
        "On the strip each tick is a similar place, or one of several where there are many. "
        "The further out this place lies, the less it looks like chance.",
        "“How sure are we?” has the numbers behind it, for whoever wants to check.",
    ],
)
guide.pictured(
    "map",
    "A map of ground coloured by change: blue fell, orange rose, hatched is too few to say; town centres have their names.",
    "The map: where?",
    [
        "Blue ground fell and orange rose; hatched ground has too few incidents for a percentage.",
        "A black border is a change told from similar places. A colour alone is not a finding.",
        "Click ground to see what was recorded there. Points are moved a little by police.uk, so no map shows a door.",
    ],
)
guide.told(
    "What it cannot say",
    [
        "It counts what was recorded. What was not reported, or was counted otherwise, it does not see.",
        "A change beside patrols is not shown to be their doing.",
        "Words with dots under them tell their meaning; the Glossary has all of them, Methods how each figure is made.",
    ],
)
guide.source(
    "Pictures: this program over the months of Cleveland Police, July 2022 to June 2024. Police.uk, Open Government Licence v3.0."
)
