"""What the words on the screen mean: each term by its name, what it means, and how it is spelt in a sentence.

A meaning says no more than METHODS.md and the topics' METHOD.md do. `marked` gives the first mention of each term in a
block of HTML its meaning, to be shown beside it; `found` is for whoever looks a word up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from analysis.drawing import encoded
from analysis.model.areas import key_of
from analysis.model.cells import Cells


@dataclass(frozen=True)
class Term:
    """A term, what it means, and its spellings in a sentence, its name among them unless it is told from no plain word.

    A spelling stands for itself, with a capital, and with an s behind it.
    """

    name: str
    meaning: str
    spellings: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """The name by which a link leads to the term."""
        return key_of(self.name)


def _term(name: str, meaning: str, *spellings: str) -> Term:
    written = name if name[1:2].isupper() or name in _CAPITALS else name[0].lower() + name[1:]
    return Term(name, meaning, (written, *spellings))


_CAPITALS = {"Gi*", "Safer Streets"}
"""Names that keep their capital inside a sentence."""

TERMS = (
    _term(
        "Anonymised point",
        "The map point to which police.uk moves an incident, in place of where it took place. It has eight or more addresses round "
        "it, or none.",
        "anonymised map point", "points are anonymised", "point is anonymised",
    ),
    _term(
        "Anti-social behaviour",
        "Incidents that police.uk publishes under this name, ASB for short. They have no identifier, so rows that look alike are all "
        "kept.",
        "ASB",
    ),
    _term(
        "Baseline period",
        "The whole months that the comparison period is held against, usually those of a year before. Its first and last month "
        "both count.",
        "baseline",
    ),
    _term(
        "Common ground",
        "The unit that LSOAs of 2011 and those redrawn in 2021 share. Counts are made on it, so both periods cover the same land.",
    ),
    _term(
        "Comparator",
        "Untreated ground used as the yardstick. What it did is what would be expected, never proof of a cause.",
    ),
    _term(
        "Comparison period",
        "The whole months in question, held against the baseline period. Its first and last month both count.",
    ),
    _term(
        "Consecutive",
        "Ground that was high in one unbroken run of two months or more, under nine tenths of all, that ends with the last.",
    ),
    _term(
        "Density",
        "How many incidents lie in each hexagon of a map. Points are approximate, and so is the hexagon that an incident falls into.",
    ),
    _term(
        "Diminishing",
        "Ground that was high in at least nine tenths of the months, the last among them, while its Gi* falls.",
    ),
    _term(
        "Disorder index",
        "Anti-social behaviour, criminal damage and arson, and public order added up. It was fixed in November 2026.",
    ),
    _term(
        "Displacement",
        "Incidents moving from an area to the ground next to it. Other times, other kinds of crime and ground further off are not "
        "looked for.",
    ),
    _term("Dosage", "Patrol time that a place received, or was planned to receive. It does not say what the patrols did."),
    _term(
        "Expected count",
        "The count that a place like this would have had if it had done as similar places did, earlier months allowed for where "
        "held.",
        "expected from similar places",
    ),
    _term(
        "False discovery rate",
        "Of all places marked, the share that chance alone may have marked, kept to a level such as 5%.",
    ),
    _term(
        "Gap",
        "A month that is not published. It is never counted as zero; like for like, its partner in the other period is left out too.",
    ),
    _term(
        "Gi*",
        "A measure of how high or low the counts of a place and the ground that touches it are, against the whole force.",
    ),
    _term(
        "Harm weights",
        "Days of the Cambridge Crime Harm Index that stand for the harm of a crime type. They are ranges, since the mixture of "
        "offences is not known.",
        "harm index days", "Cambridge Crime Harm Index",
    ),
    _term(
        "Hexagon",
        "A six-sided cell, about 190 metres from middle to corner, in which the points of a density map are counted.",
    ),
    _term(
        "High-crime place",
        "Ground with a high count of recorded incidents. Whether it is a hotspot, a place designated for patrol, is not in these data.",
        "high-crime LSOA",
    ),
    _term(
        "Historical",
        "Ground that was high in at least nine tenths of the months, but not in the last.",
    ),
    _term("Hotspot", "A place designated for patrol. A high count alone makes a high-crime place, not a hotspot."),
    _term(
        "Incident",
        "One row of the street-level data of police.uk: one crime, or one report of anti-social behaviour.",
    ),
    _term(
        "Intensifying",
        "Ground that was high in at least nine tenths of the months, the last among them, while its Gi* rises.",
    ),
    _term(
        "Interval",
        "The values that fit what was recorded, at the level beside it, such as 95%. A wide interval says that little is known.",
    ),
    _term(
        "Like for like",
        "Only calendar months published on both sides are compared. A month missing in one period takes its partner in the other out "
        "as well.",
    ),
    _term(
        "Locations missing",
        "Said in place of a verdict where so many rows have no location that these could make the change.",
    ),
    _term(
        "LSOA",
        "Lower layer super output area: a small statistical area of the Office for National Statistics. LSOAs were redrawn in 2021.",
    ),
    _term(
        "Months missing",
        "Said in place of a verdict where the months of the two periods cannot be compared.",
    ),
    _term(
        "Night-time economy",
        "Pubs, clubs and other business of the evening and night, NTE for short.",
        "NTE",
    ),
    _term(
        "Ordinary ups and downs",
        "How far counts of similar places move by themselves. A change within it is not told, which does not say that nothing "
        "changed.",
    ),
    _term(
        "Outcome",
        "The last result of a crime that police.uk knew when the release was made. Different releases cannot be compared.",
    ),
    _term(
        "p",
        "How often a result at least as far out would come if nothing had changed. A small p is rare, not proof.",
    ),
    _term(
        "Partly published",
        "A month of a crime type with far fewer or far more rows than usual, or that looks made or doubled. Like for like leaves it "
        "out.",
    ),
    _term(
        "Persistent",
        "Ground that was high in at least nine tenths of the months, the last among them, while its Gi* neither rises nor falls.",
    ),
    _term(
        "Phi",
        "Over-dispersion: how many times more counts vary, as variance, than chance alone makes them. It is at least 1 and widens "
        "intervals.",
        "over-dispersion",
    ),
    _term(
        "Positive outcome",
        "A last outcome in which somebody was dealt with: charged, cautioned, or given a penalty notice, a community resolution or a "
        "drugs warning. Methods has the list.",
    ),
    _term(
        "Proposed",
        "Of a town centre: nobody published its ground, so a rule proposes it, with a confidence. It is on the board alone.",
    ),
    _term(
        "Rank",
        "In a verdict, the share of similar places that ended as far from what was expected of each, such as 1 in 22.",
    ),
    _term(
        "Ratio to the rest",
        "The change here over the change in the rest of the district. At 0.5 the count is half of what it would have been.",
    ),
    _term(
        "Recorded",
        "Entered by the police and published by police.uk. What was never reported or entered is not in it.",
    ),
    _term(
        "Regression to the mean",
        "After an unusually bad period counts tend to fall back by themselves, patrols or not, and after a good one to rise.",
        "return to an ordinary year",
    ),
    _term(
        "Release",
        "The monthly edition of police.uk that a file came from. A later edition can change an earlier month.",
    ),
    _term(
        "Repeat point",
        "An anonymised point at which many incidents of a type were recorded, such as 6 or more. It is never a shop or a door.",
    ),
    _term(
        "Ring",
        "All common ground that touches an area is its first ring; all that touches the first ring is the second.",
        "first ring", "second ring",
    ),
    _term(
        "Safer Streets",
        "Programme of the Home Office that pays for measures against crime and disorder in chosen places, given in numbered rounds.",
    ),
    _term(
        "Similar places",
        "Untreated ground of the same force that a change is held against, size allowed for. Several units are held against sets of "
        "neighbouring ones.",
        "similar place",
    ),
    _term(
        "Small area",
        "The ground that counts are made on: a statistical area of the Office for National Statistics, or several where they were "
        "redrawn in 2021.",
    ),
    _term(
        "Small base",
        "A baseline under 50. One incident more or less moves such a percentage by 2 points or more, so it is hidden unless asked for.",
        "base under 50",
    ),
    _term(
        "Sporadic",
        "Ground that was high in the last month and in fewer than nine tenths of all, with a break among them.",
    ),
    _term(
        "Stop and search",
        "Police records of people or vehicles stopped and searched. About / Data lists those held; no count of incidents has them.",
    ),
    _term(
        "Synthetic comparator",
        "A mixture of untreated places that followed the area in the baseline, also called a synthetic control. What it did next is "
        "the yardstick.",
        "synthetic control",
    ),
    _term(
        "Taken together",
        "Several areas judged as one: their mean distance from what was expected, against untreated groups of the same sizes.",
    ),
    _term(
        "Told",
        "Said to differ from similar places: further from what was expected than about 19 in 20. By chance, 1 in 20 is told.",
    ),
    _term(
        "Too few to say",
        "Said in place of a verdict where both periods together have under 20 incidents, or too few places can be compared.",
    ),
    _term("Treated", "Ground that had the patrols or programme under review. It is never among the similar places.",
          "ground under review"),
    _term("Unlocated", "A row without an LSOA. It is counted in its force, and in no area.", "without an LSOA"),
    _term("VAWG", "Violence against women and girls. It cannot be told apart in the crime types of police.uk.",
          "violence against women and girls"),
    _term(
        "Ward",
        "A part of a council’s area that elects its councillors. Ground is named by the ward that a point inside it lies in.",
    ),
)  # fmt: skip
"""A to Z."""

FIRST_LAYER = (
    "Anonymised point", "Anti-social behaviour", "Baseline period", "Comparison period", "Density", "Disorder index",
    "Expected count", "Gap", "High-crime place", "Hotspot", "Incident", "Like for like", "Locations missing", "Months missing",
    "Night-time economy", "Ordinary ups and downs", "Outcome", "Partly published", "Positive outcome", "Proposed", "Rank",
    "Recorded", "Release", "Repeat point", "Safer Streets", "Similar places", "Small area", "Small base", "Stop and search", "Told",
    "Too few to say", "VAWG", "Ward",
)  # fmt: skip
"""Terms that stand outside folds: each page has their meanings behind one title of its own. All others stand in folds."""

_SHUT = ("a", "button", "code", "dfn", "strong")
"""Elements inside which nothing is marked: links, buttons, names, what is marked already."""


@dataclass(frozen=True)
class _Reader:
    """What finds terms in a block: the term of each spelling in small letters, and the pattern of all of them."""

    by_spelling: Mapping[str, Term]
    token: re.Pattern[str]


def _either_case(spelling: str) -> str:
    first, rest = spelling[0], re.escape(spelling[1:])
    return (
        f"{re.escape(first)}{rest}"
        if first.isupper() or len(spelling) == 1
        else f"[{first}{first.upper()}]{rest}"
    )


@lru_cache(maxsize=8)
def _reader(terms: tuple[Term, ...]) -> _Reader:
    """Return what finds these terms: a tag, a character written by its name, or a term as whole words, the longest first."""
    by_spelling = {spelling.lower(): term for term in terms for spelling in term.spellings}
    spelt = "|".join(
        _either_case(spelling)
        for spelling in sorted(by_spelling, key=lambda each: (-len(each), each))
        for spelling in [next(s for s in by_spelling[spelling].spellings if s.lower() == spelling)]
    )
    token = re.compile(
        rf"<(?P<end>/?)(?P<tag>\w+)[^>]*>|<[^>]*>|&[#\w]+;|(?<![\w-])(?P<term>{spelt})(?P<plural>s?)(?![\w-])"
    )
    return _Reader(by_spelling, token)


def with_more(more: Iterable[Term]) -> tuple[Term, ...]:
    """Return the terms and those of content (a review's own words), A to Z; one of a name that stands here is left out."""
    names = {term.name.lower() for term in TERMS}
    added = [term for term in more if term.name.lower() not in names]
    return tuple(sorted((*TERMS, *added), key=lambda term: term.name.lower()))


def found(sought: str, terms: tuple[Term, ...] = TERMS) -> tuple[Term, ...]:
    """Return the terms that have these words in name, spelling or meaning, those by name first, else A to Z; all for none."""
    words = sought.strip().lower()
    by_name = [term for term in terms if any(words in each.lower() for each in (term.name, *term.spellings))]
    return (*by_name, *(term for term in terms if words in term.meaning.lower() and term not in by_name))


MOST_MARKED_BYTES = 4_000_000
"""Of blocks marked last: those of all pages are some hundred kilobytes, and a name in a link makes others of them."""

# the block as it came is kept, too
_marked = Cells(MOST_MARKED_BYTES, weigh=lambda block: 2 * int(block.__sizeof__()))


def marked(markup: str, terms: tuple[Term, ...] = TERMS) -> str:
    """Return a block of HTML in which the first mention of each term has its meaning with it.

    Its text must be escaped (`encoded.html_text`). Nothing is marked inside a tag, a link, a button, a name in bold or
    what is marked already; without the marks it is the same block.
    """
    return _marked.get((markup, terms), lambda: _made(markup, terms))


def _made(markup: str, terms: tuple[Term, ...]) -> str:
    reader = _reader(terms)
    said: set[str] = set()
    pieces, at, shut = [], 0, 0
    for token in reader.token.finditer(markup):
        if token["tag"] in _SHUT:
            shut += -1 if token["end"] else 1
        if not token["term"] or shut > 0:
            continue
        term = reader.by_spelling[token["term"].lower()]
        if term.name not in said:
            said.add(term.name)
            pieces += [markup[at : token.start()], _mark(term, token[0])]
            at = token.end()
    return "".join([*pieces, markup[at:]])


def _mark(term: Term, words: str) -> str:
    meaning = encoded.html_text(term.meaning)
    return f'<dfn class="term" tabindex="0" aria-description="{meaning}">{words}</dfn>'
