"""How is each figure made, and how sure can one be of it?"""

from analysis.topics import calibration
from pages.frame import documents, draw, filters, reference
from pages.frame.asking import ask, weighing

reference.document(documents.methods())


@draw.section("The verdict tried on the months held here")
def tried() -> None:
    answer = ask(calibration.answer, filters.case())
    with weighing():  # a verdict tried on every place and month takes longer than any other part
        draw.parts(answer, "table")
        draw.folded(answer, "each")
