"""How is each figure made, and how sure can one be of it?"""

from analysis.topics import calibration
from pages.frame import documents, draw, filters, reference
from pages.frame.asking import ask

reference.document(documents.methods())


@draw.section("The verdict tried on the months held here")
def tried() -> None:
    answer = ask(calibration.answer, filters.case())
    draw.parts(answer, "table")
    draw.folded(answer, "each")
