"""Where are the town centres that nobody has named here, and which ground stands for each?"""

from analysis.topics import centres
from pages.frame import centre_choice, draw, filters
from pages.frame.asking import ask, desk

draw.question("Where are our town centres, and which ground stands for each?")

asked = desk().centres(filters.case())
answer, below = draw.places(2)
with below:
    choice, picture = draw.asked_beside(5, 7)
with choice:
    district = centre_choice.district(asked)
    chosen = centre_choice.draw_choice(asked, district)
listed = ask(centres.answer, asked, district)
with answer:
    draw.parts(listed, "number")
with picture:
    centre_choice.show_map(asked, chosen)


@draw.fold("All of the district, and how sure we are")
def all_of_them() -> None:
    draw.parts(listed, "proposed", "suggested")
    centre_choice.offer_outlines(asked)


draw.notes(
    [
        "Counts exist by small area, and no town centre has the outline of one: what is kept stands for the centre, and is not it.",
        "An area that is kept is the office’s own. It is judged as town centres are, and takes nothing from any comparison.",
        "A suggestion comes from recorded thefts alone. A retail park may be among them, and a quiet centre may not.",
    ]
)
