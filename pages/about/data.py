"""What is held, month by month, where it came from, and what is missing or was refused?"""

from analysis.topics import coverage
from pages.frame import backup, draw, settings, your_data
from pages.frame.asking import ask, desk

draw.question("What data stand behind the figures?")

held = ask(coverage.answer, desk().holdings())
draw.parts(held, "checklist")
your_data.offer()


@draw.section("Month by month")
def month_by_month() -> None:
    draw.parts(held, "held", "months", "partly")
    draw.folded(held, "types")
    draw.parts(held, "sources")
    draw.folded(held, "files")
    draw.parts(held, "refused")


@draw.fold("What did later releases change in figures already shown?")
def revisions() -> None:
    draw.lines(desk().revisions() or ["No update has changed anything yet."])


@draw.fold("What is this office called, who asks, and what are its districts called?")
def names() -> None:
    settings.draw()


@draw.fold("Back up all that is held in one file, or put such a file back")
def back_up() -> None:
    backup.offer()


draw.notes(
    [
        "A month that is not published is a gap: it is left out on both sides of a comparison, never counted as zero.",
        "A month of a crime type can be far from what the force’s own months and the other types of that month say. "
        "Or it looks made, or its rows stand twice. It is then partly published, and left out of both years as a gap is.",
        "Identical rows are kept: anti-social behaviour has no identifier, and many true incidents look alike.",
    ]
)
