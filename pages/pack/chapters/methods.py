"""Methods: the project's own document, and the verdict tried on the months held."""

from analysis.topics import calibration
from pages.frame import documents
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/about/methods.py shows."""
    sheet.document(documents.methods())

    @sheet.section("The verdict tried on the months held here")
    def tried() -> None:
        answer = sheet.ask(calibration.answer, sheet.case)
        sheet.parts(answer, "table")
        sheet.parts(answer, "each")
