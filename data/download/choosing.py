"""Which release a month is taken from: the newest that is whole, by the sizes that the lists of files give.

A file is taken as cut, or as holding something twice, where another release of the same month has a size that no
revision explains (under `FEWER` or over `MORE` of it, the importer's own limits for rows) and that other size is nearer
to what the force's files of that kind usually have. A low month that every release has is a true one and is taken.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence

from data.download.values import Offer, megabytes
from data.police_uk.file_checks import FEWER, FEWEST_COMPARED, MORE

BYTES_A_ROW = 200
"""Rows of police.uk's files have 150 (outcomes) to 250 bytes (street)."""

SMALL = FEWEST_COMPARED * BYTES_A_ROW
"""Bytes under which two sizes are not compared: under 100 rows a share says nothing, as at the import."""

THIN = 0.4
"""A file under this share of the usual size is looked for in older releases too.

Over eleven months of 2022 in all forces, a true month seldom lay under 0.4 of its type's median."""

FEWEST_MONTHS = 3
"""Files from which a usual size is taken."""


def usual_size(sizes: Iterable[int]) -> float:
    """Return what a force's files of one kind usually have, in bytes; 0 where there are too few to say.

    It is the upper quartile: the median falls where many months are cut.
    """
    values = list(sizes)
    return statistics.quantiles(values, n=4, method="inclusive")[2] if len(values) >= FEWEST_MONTHS else 0.0


def is_thin(offer: Offer, usual: float) -> bool:
    """Return whether a file is so small that it may be cut."""
    return usual >= SMALL and offer.size < THIN * usual


def differ(one: Offer, other: Offer) -> bool:
    """Return whether two releases of a month differ by more than a revision does."""
    larger, share = max(one.size, other.size), one.size / max(other.size, 1)
    return larger >= SMALL and not FEWER <= share <= MORE


def is_ordinary(offer: Offer, usual: float) -> bool:
    """Return whether a file is so near to the usual size that no release which differs from it can be nearer.

    Such a file is the one that `choose` takes, whatever older releases have, as long as that is the usual size.
    """
    return usual >= SMALL and 2 * _off(offer, usual) <= min(-math.log(FEWER), math.log(MORE))


def choose(offers: Sequence[Offer], usual: float) -> Offer:
    """Return the newest of the releases of one month that no other shows to be cut or doubled; there is always one.

    ``offers`` are in order, newest first. Where no usual size is known, the larger of two is taken as the whole one.
    """
    usual = usual or max(offer.size for offer in offers)
    return next(
        offer
        for offer in offers
        if not any(differ(offer, other) and _off(other, usual) < _off(offer, usual) for other in offers)
    )


def _off(offer: Offer, usual: float) -> float:
    return abs(math.log(max(offer.size, 1) / usual))


def passed_over(chosen: Offer, offers: Sequence[Offer]) -> str:
    """Return the sentence that says why a newer release was not taken; nothing where the newest was."""
    newest = offers[0]
    if chosen is newest:
        return ""
    wrong = "cut" if newest.size < chosen.size else "to hold rows twice"
    return (
        f"{newest.key}: release {newest.release} has {megabytes(newest.size)} where release {chosen.release} has "
        f"{megabytes(chosen.size)}. It looks {wrong}, so release {chosen.release} is taken."
    )
