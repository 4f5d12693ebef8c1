"""How the files of the tests are shared out to the workers: those that need the same things to one, the longest first."""

from __future__ import annotations

from xdist.scheduler import LoadFileScheduling

VISITS = "tests/browser/test_each_page.py"

TOGETHER = dict.fromkeys(("tests/browser/test_print.py", "tests/browser/test_meeting.py"), VISITS)
"""Files that look at what was written down in the same visits to pages (`tests/browser/visit.py`), and the first of them."""

DRAWN = "tests/pages/test_every_page.py"

TOGETHER |= {
    f"tests/pages/test_{name}.py": DRAWN
    for name in ("plain_words", "maps", "nte", "glossary", "retail_crime", "reading", "names")
}
"""Files that look at pages as they open, each drawn once by the `drawn` of tests/pages/conftest.py."""

SECONDS = {
    VISITS: 200,
    "tests/browser/test_your_data.py": 75,
    "tests/browser/test_maps.py": 75,
    "tests/browser/test_pack.py": 60,
    "tests/browser/test_pages.py": 55,
    "tests/browser/test_first_link.py": 50,
    "tests/browser/test_records.py": 45,
    "tests/browser/test_menu.py": 40,
    "tests/browser/test_hostile_names.py": 35,
    "tests/browser/test_glossary.py": 25,
    "tests/browser/test_first_visit.py": 25,
    "tests/browser/test_board.py": 15,
    DRAWN: 140,
    "tests/pages/test_records_on_pages.py": 75,
    "tests/pages/test_filters.py": 64,
    "tests/data/update/test_updating.py": 45,
    "tests/pages/test_pack_files.py": 38,
    "tests/data/download/test_jobs.py": 34,
    "tests/pages/slides/test_rendered.py": 33,
    "tests/hard_cases/test_cases.py": 33,
    "tests/data/download/test_killed.py": 32,
    "tests/data/test_killed_at_random.py": 32,
    "tests/pages/test_pack_chapters.py": 30,
    "tests/pages/test_pack_jobs.py": 28,
    "tests/data/test_import_damage.py": 26,
    "tests/data/backup/test_backup.py": 24,
    "tests/pages/test_judge.py": 24,
    "tests/pages/test_left_behind.py": 24,
    "tests/drawing/test_sentences.py": 21,
    "tests/pages/test_calibration_twice.py": 20,
    "tests/pages/test_own_area.py": 20,
    "tests/pages/slides/test_slides.py": 18,
    "tests/frame/test_log_in.py": 17,
    "tests/pages/slides/test_hostile_slides.py": 17,
    "tests/stats/test_verdict_real.py": 17,
    "tests/topics/retail/test_small_counts_attack.py": 13,
}
"""About how long a file takes, with those that go with it: the order matters, and not the number."""

USUAL = 5
"""Seconds of a file that is not listed."""


def unit_of(file: str) -> str:
    """Return the file that the tests of a file go with to a worker: most often itself."""
    return TOGETHER.get(file, file)


def rank(file: str) -> tuple[int, str]:
    """Return what files are sorted by: the longest first, and those that go together beside each other."""
    unit = unit_of(file)
    return -SECONDS.get(unit, USUAL), unit


class Together(LoadFileScheduling):
    """Whole files to a worker in the order of collection, and with them those that go together."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(super()._split_scope(nodeid))
