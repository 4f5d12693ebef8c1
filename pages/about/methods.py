"""How is each figure made, and how sure can one be of it?"""

from analysis.topics.change.show.pooled_table import calibration_table
from pages.shell import page, selection, tables

page.markdown(tables.document("METHODS.md"))

page.heading("The verdict tried on the months held here")
with page.part():
    chosen = selection.current()
    page.table(
        calibration_table(
            tables.calibration(chosen), chosen.baseline, chosen.comparison, tables.force_name(chosen.force)
        )
    )
