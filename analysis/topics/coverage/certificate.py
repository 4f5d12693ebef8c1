"""The certificate of a case: one function for screen, pack and file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from analysis.drawing.answer import Answer
from analysis.drawing.certificate import Certificate
from analysis.drawing.figure import Table
from analysis.model import formats
from analysis.model.case import Case
from analysis.model.english import counted, is_are, listed
from analysis.model.errors import AnalysisError
from analysis.model.month_file import MonthFile
from analysis.model.partly import told
from analysis.model.periods import Period, month_label
from analysis.topics.coverage.measure import Side, used

HASH_SHOWN = 12
"""Characters of a SHA-256 on screen; the file that is taken away has all of it."""

FAR_APART = 0.01
"""From so far apart on, shares without a location are said to make falls or rises by themselves."""

MANY = 4
"""So many months are named in the line; of more, their number."""


def certificate(case: Case, *periods: Period) -> Certificate:
    """Return how whole the data behind figures of a case are: of its two periods or, given others, of figures of these.

    One is a period by itself, two are set against each other like for like, whatever the reader chose for the page's own.

    The line says months used and left out a side, what is only partly published, and the share without a location; the
    table has a row a month with its file, release, hash, repeated Crime IDs and whether it was revised; the heads say all
    of it in lines. It is of all crime types, whichever are chosen, so that it holds for every figure of a page. Made once
    for what is asked, and the same wherever it is shown.
    """
    asked = case
    if len(periods) == 2:
        asked = asked.asking(baseline=periods[0], comparison=periods[1], like_for_like=True)
    alone = periods[0] if len(periods) == 1 else None
    sides = (asked.baseline, asked.comparison) if alone is None else (alone,)
    asked = asked.asking(crime_types=case.panel.types_in(*sides))
    key = (asked.baseline, asked.comparison, asked.like_for_like, alone)
    return case.cell("certificate", *key, make=lambda: _made(asked, alone))


def certified(answer: Answer, asked: object) -> Answer:
    """Return an answer with the certificate of the case that it was asked of, or that the topic's own value holds, and those
    of its parts that rest on other months.

    A list of incidents rests on one period of its own, and an answer that sets no period against another on both together.
    What patrols, programmes and records are set beside has months of its own: there it is all months held. An answer to
    what has no case (what is held) stays as it is.
    """
    case = asked if isinstance(asked, Case) else getattr(asked, "case", None)
    if not isinstance(case, Case):
        return answer

    def over(*periods: Period) -> Certificate | None:
        try:
            return certificate(case, *periods)
        except AnalysisError:  # the part says by itself why it cannot be given
            return None

    try:
        return replace(answer, certificate=certificate(case, *_periods(answer, asked, case)), certify=over)
    except AnalysisError:  # the answer says by itself why it cannot be given
        return answer


def _periods(answer: Answer, asked: object, case: Case) -> tuple[Period, ...]:
    if not answer.compares:
        return (Period(case.baseline.first, case.comparison.last),)
    if isinstance(asked, Case) or getattr(asked, "chosen_periods", False):
        return ()
    return (getattr(getattr(asked, "question", None), "period", case.span),)


def _made(case: Case, period: Period | None) -> Certificate:
    sides = used(case, period).sides
    parts = [*(_months(side) for side in sides), _partly(sides), _locations(sides)]
    line = f"How whole the data are: {'. '.join(formats.capital(part) if at else part for at, part in enumerate(filter(None, parts)))}."
    table = _table(case, sides)
    heads = [line, *_left_out(sides), *_files(case, sides), *filter(None, [case.elsewhere])]
    return Certificate(line, table, tuple(heads))


def _months(side: Side) -> str:
    months = f"{side.period.label}, {len(side.used)} of {counted(len(side.period), 'month')}"
    why = []
    if side.not_published:
        why.append(f"{_named(side.not_published)} not published")
    if side.for_the_other:
        why.append(f"{_named(side.for_the_other)} left out like for like")
    return months + (f" ({', '.join(why)})" if why else "")


def _named(months: Iterable[pd.Period]) -> str:
    names = [month_label(month) for month in months]
    return listed(names) if len(names) <= MANY else counted(len(names), "month")


def _partly(sides: Iterable[Side]) -> str:
    cells = [cell for side in sides for cell in side.partly]
    if not cells:
        return ""
    by_type = {cell.crime_type: sum(each.crime_type == cell.crime_type for each in cells) for cell in cells}
    if len(by_type) > MANY:
        months = sorted({cell.month for cell in cells})
        return f"only partly published and left out: {_named(months)} in {len(by_type)} crime types"
    said = [f"{crime_type.lower()} ({counted(number, 'month')})" for crime_type, number in by_type.items()]
    return f"only partly published and left out: {listed(said)}"


def _locations(sides: tuple[Side, ...]) -> str:
    if not any(side.unlocated for side in sides):
        return "every row has a location"
    shares = [_share(side.share) for side in sides]
    if len(sides) == 1:
        return f"{shares[0]} of the rows have no location and are in no area’s count"
    words = f"without a location, and so in no area’s count, are {shares[0]} of the first period’s rows and {shares[1]} of the second’s"
    if abs(sides[0].share - sides[1].share) >= FAR_APART:
        words += ", so that counts fall or rise by that alone"
    return words


def _share(value: float) -> str:
    return "none" if value == 0 else formats.share(value)


def _left_out(sides: Iterable[Side]) -> list[str]:
    """Return a line a side on the months used, and one on what is partly published, with its numbers."""
    lines = []
    for side in sides:
        lines.append(f"Months used of {side.period.label}: {', '.join(map(str, side.used)) or 'none'}")
    cells = [cell for side in sides for cell in side.partly]
    return [*lines, *([f"{told(cells)}."] if cells else [])]


def _asked(case: Case, sides: Iterable[Side]) -> list[MonthFile]:
    return [each for each in case.files if any(each.month in side.period for side in sides)]


def _files(case: Case, sides: Iterable[Side]) -> list[str]:
    return [
        f"File {each.member} of {each.source}: {_release(each)}, SHA-256 {each.sha256 or 'not known'}, "
        f"{counted(each.rows, 'row')}, {formats.number(each.without_lsoa)} without an LSOA, {_repeating(each)}, {_revised(each)}"
        for each in _asked(case, sides)
    ]


def _release(each: MonthFile) -> str:
    """Say the release; a month without a file's hash lies in a table, and nothing names where its rows came from."""
    return f"release {each.release or ('not named' if each.sha256 else 'not known')}"


def _repeating(each: MonthFile) -> str:
    if each.rows_repeating_id is None:
        return "repeated Crime IDs not counted"
    return f"{formats.number(each.rows_repeating_id)} repeating a Crime ID"


def _revised(each: MonthFile) -> str:
    if not each.sha256:
        return "revisions not known"
    if each.revised_rows is None:
        return "not revised since it was first imported"
    release = f" of release {each.revised_release}" if each.revised_release else ""
    return f"revised: {formats.number(each.revised_rows)} rows{release} before"


def _use(month: pd.Period, sides: Iterable[Side]) -> str:
    for side in sides:
        if month in side.for_the_other:
            return "left out like for like"
        if month in side.not_published:
            return "not published"
        types = [cell.crime_type.lower() for cell in side.partly if cell.month == month]
        if types:
            some = listed(types) if len(types) <= MANY else f"{len(types)} crime types"
            return f"used, without {some}"
    return "used"


def _table(case: Case, sides: tuple[Side, ...]) -> Table:
    files = _asked(case, sides)
    rows = [
        {
            "Month": month_label(each.month),
            "Use": _use(each.month, sides),
            "Rows": formats.number(each.rows),
            "Without a location": formats.number(each.without_lsoa),
            "Repeating a Crime ID": "not counted"
            if each.rows_repeating_id is None
            else formats.number(each.rows_repeating_id),
            "Revised": ("no" if each.sha256 else "not known")
            if each.revised_rows is None
            else f"{formats.number(each.revised_rows)} rows before",
            "Release": _release(each).removeprefix("release "),
            "File": each.member.rsplit("/", 1)[-1],
            "SHA-256": f"{each.sha256[:HASH_SHOWN]}…" if each.sha256 else "not known",
        }
        for each in files
    ]
    gaps = [
        {
            "Month": month_label(month),
            "Use": "not published",
            **dict.fromkeys(
                (
                    "Rows",
                    "Without a location",
                    "Repeating a Crime ID",
                    "Revised",
                    "Release",
                    "File",
                    "SHA-256",
                ),
                formats.MISSING,
            ),
        }
        for side in sides
        for month in side.not_published
        if month not in {each.month for each in files}
    ]
    shown = pd.DataFrame([*rows, *gaps]) if rows or gaps else pd.DataFrame(columns=["Month", "Use"])
    data = pd.DataFrame([vars(each) | {"month": str(each.month)} for each in files])
    cells = [cell for side in sides for cell in side.partly]
    months = sum(len(side.used) for side in sides)
    return Table(
        title=f"How whole the data are: {counted(months, 'month')} {is_are(months)} used",
        subtitle=f"{' against '.join(side.period.label for side in sides)}: each month’s file of {case.force_name or 'the force'}, "
        "and what is left out of the figures.",
        shown=shown.set_index("Month"),
        data=data,
        notes=tuple(filter(None, (f"{told(cells)}." if cells else "", case.elsewhere))),
    )
