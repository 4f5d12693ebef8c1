"""One cell of text into one value: words, lists, whole numbers, money, yes/no/when, codes and degrees.

Each function takes text that is not blank and raises a RefusedError whose sentence can stand in a row's
reason. Nothing is guessed: what could be read in two ways is refused.
"""

from __future__ import annotations

import re
import unicodedata

from analysis.model.errors import RefusedError

LONGEST_TEXT = 2000
"""Characters in one cell: a paragraph fits, a pasted report (with the names in it) does not."""
LARGEST_NUMBER = 1_000_000_000
"""No count or sum of a town centre comes near it; a telephone number does."""

FORMULA_STARTS = "=+-@\t\r\n＝＋－＠"
"""A spreadsheet takes a cell that begins with one of these for a formula; full-width signs count as well."""

_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\Z", re.ASCII)
_MONEY = re.compile(
    r"(?:£|GBP)?\s?((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d{1,})?)\s?(k|m)?\s?(?:GBP)?\Z", re.ASCII | re.IGNORECASE
)
_LSOA = re.compile(r"[EW]01\d{6}\Z", re.ASCII)
_DEGREES = re.compile(r"[-−]?\d{1,3}(?:\.\d+)?\Z", re.ASCII)
_YES = frozenset({"yes", "y", "true", "1", "✓", "✔", "☑"})
_NO = frozenset({"no", "n", "false", "0", "✗", "✘"})
"""A cross in the manner of x is in neither: to some it is a tick, to others a no."""
_ANSWER = re.compile(
    r"(yes|no|true|false|[yn](?=\s*[-–—:,;(]|\s+\d)|[✓✔☑✗✘])(?![^\W\d_])[\s\-–—:,.;(]*(.*?)\)?\Z",
    re.IGNORECASE | re.DOTALL,
)
# fmt: off
_NOT_KNOWN = frozenset({
    "n/k", "nk", "n.k.", "not known", "unknown", "unk", "n/a", "na", "n.a.", "#n/a", "not applicable",
    "not available", "not recorded", "not stated", "not given", "no data", "no info", "no information",
    "no record", "no answer", "tbc", "tba", "t.b.c.", "to be confirmed",
    "?", "??", "???", "-", "--", "---", "–", "—", ".", "..", "...",
})
# fmt: on
"""What people write in a cell that they leave open. “None” and “nil” are not among them: they may mean nought."""
_PERSON = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+|(?:\+44|\b0)[\d\s]{9,}")


def shown(text: str) -> str:
    """Return a cell as a sentence quotes it: short, in quotation marks."""
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def tidy_text(text: str) -> str:
    """Return words with single spaces, without control characters, in one Unicode form.

    An apostrophe before a sign that a spreadsheet would take for a formula goes too: exports put it there.
    """
    plain = unicodedata.normalize("NFC", text)
    plain = "".join(
        " " if c.isspace() else c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    plain = re.sub(r" +", " ", plain).strip()
    bare = plain.lstrip("'")
    if bare and bare[0] in FORMULA_STARTS:
        plain = bare
    if len(plain) > LONGEST_TEXT:
        raise RefusedError(f"the text is longer than {LONGEST_TEXT:,} characters; shorten it")
    return plain


def parse_list(text: str) -> tuple[str, ...]:
    """Return the items between semicolons, upright bars or line breaks, in order, each once."""
    items = (tidy_text(item) for item in items_of(text))
    return tuple(dict.fromkeys(item for item in items if item))


def items_of(text: str) -> list[str]:
    """Return what stands between semicolons, upright bars or line breaks, as it is written."""
    return re.split(r"[;|\n\r]", text)


def parse_number(text: str) -> float:
    """Return a number of 0 or more; thousands may have commas."""
    if not _NUMBER.match(text):
        raise RefusedError(f"{shown(text)} is not a number of 0 or more; write digits, such as 1,250 or 2.5")
    return _bounded(float(text.replace(",", "")), text)


def parse_count(text: str) -> int:
    """Return a whole number of 0 or more."""
    if text.endswith("%"):
        raise RefusedError(f"{shown(text)} is a percentage; give the number of them")
    if not _NUMBER.match(text) or float(text.replace(",", "")) % 1:
        raise RefusedError(f"{shown(text)} is not a whole number of 0 or more")
    return int(_bounded(float(text.replace(",", "")), text))


def parse_money(text: str) -> float:
    """Return pounds: ``£1,234.50``, ``1234.5``, ``£331k``. Other currencies and minus signs are refused."""
    match = _MONEY.match(text)
    if not match:
        raise RefusedError(f"{shown(text)} is not a sum in pounds; write it as £1,234.50 or 1234.50")
    factor = {"": 1, "k": 1_000, "m": 1_000_000}[(match[2] or "").lower()]
    return _bounded(round(float(match[1].replace(",", "")) * factor, 2), text)


def parse_yes_no(text: str) -> bool | None:
    """Return True or False, or None when the text is neither (it may be a date)."""
    word = text.casefold()
    return True if word in _YES else False if word in _NO else None


def says_not_known(text: str) -> bool:
    """Return whether the cell says in words or signs that its value is not known: ``N/K``, ``unknown``, ``-``."""
    return " ".join(text.casefold().split()) in _NOT_KNOWN


def split_yes_no(text: str) -> tuple[bool | None, str]:
    """Return yes or no and the words after it: ``yes - CCTV`` is True and ``CCTV``; None for neither, or for doubt.

    Doubt is a question mark at the end, or both words (a form's “Yes/No” with neither struck out).
    """
    plain = parse_yes_no(text)
    match = _ANSWER.match(text)
    if plain is not None or match is None:
        return plain, ""
    words = match[2].strip()
    if (
        words.endswith("?")
        or _ANSWER.match(words.lstrip("/ "))
        or parse_yes_no(words.lstrip("/ ")) is not None
    ):
        return None, ""
    return match[1].casefold() in _YES, words


def parse_plain_yes_no(text: str) -> bool:
    """Return True or False; anything else is refused, and words after it too, since they may be conditions."""
    answer = parse_yes_no(text)
    if answer is None:
        raise RefusedError(f"{shown(text)} is neither yes nor no")
    return answer


def parse_lsoa(text: str) -> str:
    """Return the code of an LSOA of England or Wales, in capitals."""
    code = text.upper()
    if not _LSOA.match(code):
        raise RefusedError(f"{shown(text)} is not the code of an LSOA; it looks like E01012284")
    return code


def parse_degrees(text: str, low: float, high: float) -> float:
    """Return degrees between the two ends given."""
    if not _DEGREES.match(text):
        raise RefusedError(f"{shown(text)} is not a number of degrees, such as -1.3050")
    value = float(text.replace("−", "-"))
    if not low <= value <= high:
        raise RefusedError(
            f"{shown(text)} lies outside Great Britain ({low} to {high}); "
            "longitude and latitude may be swapped"
        )
    return value


def names_a_person(text: str) -> bool:
    """Return whether the text holds an e-mail address or a telephone number."""
    return bool(_PERSON.search(text))


def _bounded(value: float, text: str) -> float:
    if value > LARGEST_NUMBER:
        raise RefusedError(f"{shown(text)} is too large a number to be meant")
    return value
