"""Methods: the project's own document, and the verdict tried on the months held."""

from analysis.topics import calibration
from pages.frame import documents
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/about/methods.py shows."""
    sheet.document(documents.methods())
    sheet.heading("The verdict tried on the months held here")
    tried = sheet.ask(calibration.answer, sheet.case)
    sheet.parts(tried, "table")
    sheet.parts(tried, "each")
