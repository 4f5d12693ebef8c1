"""How long a name may be and what may stand in it: decided where it is given, and never cut to another's name."""

from __future__ import annotations

import unicodedata

from analysis.model.english import counted
from analysis.model.errors import RefusedError

GIVEN_LETTERS = 60
"""Of a name that a person gives: an area, a hotspot, a shop, a programme. The longest of Cleveland's has 32."""

PUBLISHED_LETTERS = 200
"""Of a name from police.uk, ONS or a file of boundaries. Their longest at hand has 76."""


class NameRefusedError(RefusedError):
    """A name that may not stand as it is, wherever it was given: its row or form is refused with the sentence."""


def checked_name(text: str, most: int = GIVEN_LETTERS) -> str:
    """Return the name with single spaces and in one Unicode form (NFC).

    NameRefusedError for one that is too long, or has a control or formatting character in it (one that is not seen,
    or turns the letters round): two names that look alike must be one, and one name must not pass for another.
    """
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Cn"} for each in name):
        raise NameRefusedError(
            f"the name “{_printable(name)}” has a character in it that cannot be seen; write it anew without"
        )
    if len(name) > most:
        raise NameRefusedError(
            f"the name “{_printable(name)}” has {counted(len(name), 'letter')}, and {most} are the most; shorten it"
        )
    return name


def _printable(name: str) -> str:
    shown = "".join(each for each in name if each.isprintable())
    return shown if len(shown) <= 40 else f"{shown[:39]}…"
