"""What can be taken away, to show, to print and to check a year later?"""

from pages.frame import draw
from pages.pack import screen

draw.question("What can be taken away, to show, to print and to check?")
screen.offer()
draw.notes(
    [
        "A pack is made by the filters above. What a page lets one choose besides is as the page opens.",
        "Each file says which months, areas, files and rules it rests on. So it can be made again and held against this one.",
        "Whoever may read the pages may make a pack. It holds what the pages show, and no raw record.",
    ]
)
