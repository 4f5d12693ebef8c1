"""The field's words, each typed once: menus, checks and colours derive from these.

Source: crime categories of data.police.uk (since May 2013) and the scrutiny review held under `data/review`.
"""

from __future__ import annotations

from typing import Literal, get_args

CrimeType = Literal[
    "Anti-social behaviour",
    "Criminal damage and arson",
    "Public order",
    "Violence and sexual offences",
    "Burglary",
    "Shoplifting",
    "Drugs",
    "Robbery",
    "Bicycle theft",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Theft from the person",
    "Vehicle crime",
]
CRIME_TYPES: tuple[CrimeType, ...] = get_args(CrimeType)
"""All 14, as police.uk spells them: the review's eight first in the slide's order, the rest by name."""

OldCrimeType = Literal["Violent crime", "Public disorder and weapons"]
OLD_CRIME_TYPES: tuple[OldCrimeType, ...] = get_args(OldCrimeType)
"""Categories of police.uk that ended with April 2013. They are types of their own: the first became violence with sexual
offences, which it had not held, and the second two types, so neither is any of today's."""

PanelType = CrimeType | OldCrimeType
PANEL_TYPES: tuple[PanelType, ...] = (*CRIME_TYPES, *OLD_CRIME_TYPES)
"""Every type that a panel may hold, in the order of its columns: the old ones last, so that today's keep their places."""

PUBLISHED_SINCE: dict[str, str] = {
    "Criminal damage and arson": "2011-09",
    "Drugs": "2011-09",
    "Shoplifting": "2011-09",
    "Violence and sexual offences": "2013-05",
    "Public order": "2013-05",
    "Possession of weapons": "2013-05",
    "Bicycle theft": "2013-05",
    "Theft from the person": "2013-05",
    "Other theft": "2013-05",
    "Other crime": "2013-05",
}
"""The first month in which a type means what it means today; the others have since December 2010. Until then other theft
held thefts of bicycles and from the person, and other crime whatever had no type yet: the word alone is no series."""

LAST_OLD_MONTH = "2013-04"

OLD_SINCE: dict[str, str] = {"Public disorder and weapons": "2011-09"}
"""The first month of an old type that was not there from the start: police.uk began with six types, had eleven from September
2011, and has 14 since May 2013."""

SLIDE_CRIME_TYPES: tuple[CrimeType, ...] = CRIME_TYPES[:8]
SLIDE_SPELLING: dict[str, str] = {
    "Anti-social behaviour": "Antisocial behaviour",
    "Public order": "Public Order",
}
"""The two row names that the slide spells differently; used on the review's own table and nowhere else."""

SHOPLIFTING: CrimeType = "Shoplifting"

NEIGHBOURHOOD_CRIME: tuple[CrimeType, ...] = (
    "Burglary",
    "Robbery",
    "Vehicle crime",
    "Theft from the person",
)
"""The nearest that police.uk categories come to the Home Office's neighbourhood crime."""

Kind = Literal["street", "outcomes", "stop-and-search"]
KINDS: tuple[Kind, ...] = get_args(Kind)

AreaKind = Literal["town centre", "proposed centre", "programme area", "district", "rest", "own"]

Verdict = Literal[
    "fell more than similar places",
    "rose more than similar places",
    "fell less than similar places",
    "rose less than similar places",
    "much as similar places did",
    "too few to say",
    "months missing",
    "locations missing",
]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""Told apart from similar places are the first four. “Less” is said of a count that itself stayed, or moved the other way
from what would tell it: 600 to 590 where similar places fell by a third did not rise."""

TOLD: tuple[Verdict, ...] = VERDICTS[:4]
MUCH_AS: Verdict = "much as similar places did"
TOO_FEW: Verdict = "too few to say"
MONTHS_MISSING: Verdict = "months missing"
LOCATIONS_MISSING: Verdict = "locations missing"
JUDGED: tuple[Verdict, ...] = VERDICTS[:5]

PlainVerdict = Literal[
    "fell more than elsewhere",
    "fell less than elsewhere",
    "rose more than elsewhere",
    "rose less than elsewhere",
    "fell, as elsewhere",
    "rose, as elsewhere",
    "no clear change",
    "too few to say",
    "locations missing",
]
PLAIN_VERDICTS: tuple[PlainVerdict, ...] = get_args(PlainVerdict)
"""The words of the plain rule, the second opinion."""

PLAIN_TOLD: tuple[PlainVerdict, ...] = PLAIN_VERDICTS[:4]

SMALL_BASE = 50
"""Percentages on a base under this are hidden by default: one incident more or less would move them by 2 points."""

SMALL_COUNT = 5
"""Counts from an office's own records under this are hidden, and what would give them away (a nought is shown)."""
