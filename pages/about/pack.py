"""What can be taken away, to show, to print and to check a year later?"""

from pages.frame import draw
from pages.pack import screen

draw.question("What can be taken away, to show, to print and to check?")
screen.offer()
draw.notes(
    [
        "A pack is made by the filters above. What a page lets one choose besides is as the page opens.",
        "The pack, its workbook and its page say which months, areas, files and rules they rest on. So a pack can be made again and held "
        "against this one.",
        "Slides and CSV files name months and files.",
        "Whoever may read the pages may make a pack. It holds what the pages show, and no raw record of the office’s.",
    ]
)
