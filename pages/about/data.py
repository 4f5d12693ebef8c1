"""What is held, month by month, where it came from, and what is missing or was refused?"""

from analysis.topics.coverage.show.holding_tables import (
    coverage_table,
    files_table,
    held_sentence,
    refused_table,
    sources_table,
)
from pages.shell import page, tables

page.question("What data stand behind the figures?")
page.text(held_sentence(tables.all_coverage()))
page.table(coverage_table(tables.all_coverage()))
page.table(sources_table(tables.manifest()))
page.folded(files_table(tables.manifest()))
page.table(refused_table(tables.manifest()))
page.notes(
    [
        "A month that is not published is a gap: it is left out on both sides of a comparison, never counted as zero.",
        "A month with under 60% of the force’s median month is flagged as partly published.",
        "Identical rows are kept: anti-social behaviour has no identifier, and many true incidents look alike.",
    ]
)
