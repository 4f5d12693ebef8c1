"""Which outcomes of police.uk are counted as positive, and which are known and are not.

Sources and what of the choice is ours: METHOD.md beside this folder. Spelt as in the files.
"""

from __future__ import annotations

CHARGED = frozenset(
    {
        "Suspect charged",
        "Suspect charged as part of another case",
        "Awaiting court outcome",
        "Court result unavailable",
        "Court case unable to proceed",
        "Defendant found not guilty",
        "Defendant sent to Crown Court",
        "Offender deprived of property",
        "Offender fined",
        "Offender given absolute discharge",
        "Offender given community sentence",
        "Offender given conditional discharge",
        "Offender given suspended prison sentence",
        "Offender ordered to pay compensation",
        "Offender otherwise dealt with",
        "Offender sent to prison",
    }
)
"""A charge or summons: police.uk puts in its place what became of it in court, whatever that was."""

OUT_OF_COURT = frozenset(
    {
        "Local resolution",
        "Offender given a caution",
        "Offender given a drugs possession warning",
        "Offender given penalty notice",
        "Offender given a penalty notice",
    }
)
"""Formal and informal out-of-court disposals; the last is the spelling of police.uk's service."""

POSITIVE = CHARGED | OUT_OF_COURT

NOT_POSITIVE = frozenset(
    {
        "Action to be taken by another organisation",
        "Formal action is not in the public interest",
        "Further action is not in the public interest",
        "Further investigation is not in the public interest",
        "Investigation complete; no suspect identified",
        "Status update unavailable",
        "Unable to prosecute suspect",
        "Under investigation",
    }
)

KNOWN = POSITIVE | NOT_POSITIVE
