"""Data: what is held, month by month, where it came from, and what is missing or was refused."""

from analysis.topics import coverage
from pages.pack.sheet import Sheet


def fill(sheet: Sheet) -> None:
    """Put what pages/about/data.py shows of the data."""
    held = sheet.ask(coverage.answer, sheet.desk.holdings())
    sheet.parts(held, "checklist")

    @sheet.section("Month by month")
    def month_by_month() -> None:
        sheet.parts(held, "held", "months", "partly", "types", "sources", "files", "refused")

    @sheet.fold("What did later releases change in figures already shown?")
    def revisions() -> None:
        for sentence in sheet.desk.revisions() or ["No update has changed anything yet."]:
            sheet.text(sentence)

    sheet.notes(
        [
            "A month that is not published is a gap: it is left out on both sides of a comparison, never counted as zero.",
            "A month of a crime type can be far from what the force’s own months and the other types of that month say. "
            "Or it looks made, or its rows stand twice. It is then partly published, and left out of both years as a gap is.",
            "Identical rows are kept: anti-social behaviour has no identifier, and many true incidents look alike.",
        ]
    )
