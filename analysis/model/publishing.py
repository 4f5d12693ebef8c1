"""What may be shown of a register of offences: one finite set a version, by quarter, decided for all tables together.

Every offence of a quarter belongs to one block: a shop that is listed, or what is left of its locality, of its
district or of the whole. A block is shown by its total, which is nought or 5 and more; every locality, district,
sum and share is made of such totals and of nothing else. A count of 1 to 4 is always a part of a larger block, so
that it can be 1, 2, 3 or 4 for whoever sees all that is shown. The rule in words, its proof and its limits:
`analysis/topics/retail/METHOD.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.model.vocabulary import SMALL_COUNT

UNIT = ["district", "locality", "shop"]
ANSWERS = ("passed", "not_passed", "not_said")
"""What an offence says of evidence: passed to the police, not passed, or nothing."""

VALUED = ("with_value", "without_value")

Key = tuple[str, ...]
"""A unit of the register: () is the whole; then district; district, locality; district, locality, shop.

The parts of a district by another question stand under `BY_ANSWER` or `BY_VALUE`: ("Town", BY_ANSWER, "passed").
"""

# no name has a control character in it, so none can be taken for these
BY_ANSWER, BY_VALUE, REST = "\x00answer", "\x00value", "\x00rest"

WHOLE: Key = ()
ROOM = SMALL_COUNT - 2
"""A block of so many more than its units can hold 4 in any of them, with 1 in each of the others."""


def tells_few(count: int) -> bool:
    """Return whether a count, or a change of one either way, is 1 to 4."""
    return 0 < abs(count) < SMALL_COUNT


def sealed(key: Key, salt: str) -> str:
    """Return a unit's name as a store keeps it: it tells equal from unequal and no name."""
    return blake2b("\x1f".join(key).encode(), key=salt.encode()[:64], digest_size=12).hexdigest()


@dataclass(frozen=True)
class Shown:
    """What a version showed of one quarter, as a store keeps it: names sealed, no hidden count.

    ``counts`` are the totals shown, ``hidden`` the units that had offences and no count, ``blind`` the units in whose
    parts a nought was not told from a hidden count. ``rows`` is a mark of all rows of the quarter.
    """

    counts: Mapping[str, int]
    hidden: frozenset[str]
    blind: frozenset[str]
    rows: str
    salt: str = ""

    def known(self, key: Key) -> int | None:
        """Return the count of a unit that was shown (a nought too), None where it was hidden."""
        name = sealed(key, self.salt)
        if name in self.counts:
            return self.counts[name]
        if key != WHOLE:
            above = _above(key)
            whole = self.known(above)
            if whole == 0:
                return 0
            # localities without a name are never told apart from the rest
            if whole is None or key[1:] == ("",) or sealed(_group(key), self.salt) in self.blind:
                return None
        return None if name in self.hidden else 0


@dataclass(frozen=True, eq=False)
class Published:
    """All of a register that may be shown. A unit without a row in a quarter of ``quarters`` is hidden in it.

    ``shops``: quarter, district, locality, shop, offences, value (NaN where it is not shown or not known).
    ``localities``: quarter, district, locality, offences. ``districts``: quarter, district, offences, `ANSWERS` and
    without_value (NaN where hidden), value, median_days. ``whole``: quarter, offences. Offences are 0 or 5 and more.
    ``quarters`` are those from the first offence to the last, ``withheld`` those of them of which nothing is shown, and
    ``held_back`` those of which an earlier version may be why less is shown (`holds_back`). ``states`` is what a store keeps
    of each quarter shown.
    """

    quarters: tuple[pd.Period, ...]
    withheld: frozenset[pd.Period]
    held_back: frozenset[pd.Period]
    shops: pd.DataFrame
    localities: pd.DataFrame
    districts: pd.DataFrame
    whole: pd.DataFrame
    states: Mapping[str, Shown]


def publish(register: pd.DataFrame, earlier: Sequence[Mapping[str, Shown]] = (), salt: str = "") -> Published:
    """Return what of a register may be shown, given what its earlier versions showed (by quarter, as ``2024Q1``).

    What an earlier version hid stays hidden, and no total changes by 1 to 4 from one version to another: units are
    hidden until that is so, or the quarter is withheld. Offences without a date are left out.
    """
    dated = register.loc[register["date"].notna()].reset_index(drop=True)
    rows = _rows(dated)
    quarters = (
        tuple(pd.period_range(rows["quarter"].min(), rows["quarter"].max(), freq="Q")) if len(rows) else ()
    )
    by_quarter = dict(iter(rows.groupby("quarter")))
    books: list[_Book] = []
    withheld: set[pd.Period] = set()
    held_back: set[pd.Period] = set()
    for quarter in quarters:
        before = [version[str(quarter)] for version in earlier if str(quarter) in version]
        book = _Book(quarter, by_quarter.get(quarter, rows.iloc[:0]), _units(rows), before)
        if book.decide():
            books.append(book)
        else:
            withheld.add(quarter)
        now = None if quarter in withheld else _state(book, salt)
        if holds_back(before, now) or book.lacks_values:
            held_back.add(quarter)
    return _published(quarters, _Kept(frozenset(withheld), frozenset(held_back)), books, salt)


def holds_back(before: Sequence[Shown], now: Shown | None) -> bool:
    """Return whether earlier versions that showed a quarter may be why less of it is shown now (None where nothing is).

    It is told of what the versions showed, and of nothing that they hid, so that saying it gives nothing away: True where a
    quarter that was shown is withheld, or shows other totals than before and hides some. So it is True too where as much
    would be hidden without the earlier version.
    """
    if now is None:
        return bool(before)
    return bool(now.hidden or now.blind) and any(state.counts != now.counts for state in before)


def _rows(dated: pd.DataFrame) -> pd.DataFrame:
    """Return one row an offence: quarter, unit, answer, value, days (from the offence to passing evidence, NaN without)."""
    answers = dated["evidence_passed"].astype("boolean")
    passed = answers.fillna(False).astype(bool)
    days = (dated["evidence_passed_on"] - dated["date"].dt.normalize()).dt.days.where(passed)
    return pd.DataFrame(
        {
            "quarter": dated["date"].dt.to_period("Q"),
            **{name: dated[name].fillna("").astype("str").str.strip() for name in UNIT},
            "answer": np.select([passed, answers.isna()], ["passed", "not_said"], "not_passed"),
            "value": dated["value"].astype("float64"),
            "days": days.where(days >= 0).astype("float64"),
        }
    )


def _units(rows: pd.DataFrame) -> dict[Key, list[Key]]:
    """Return the parts of each unit of the register: localities without a name are one, "", which is never listed."""
    parts: dict[Key, list[Key]] = {WHOLE: []}
    for each in rows[UNIT].drop_duplicates().sort_values(UNIT).itertuples(index=False, name=None):
        for depth in range(1, len(UNIT) + 1):
            key = tuple(each[:depth])
            if key not in parts:
                parts[key] = []
                parts[key[:-1]].append(key)
    return parts


def _above(key: Key) -> Key:
    return key[:1] if _is_part(key) else key[:-1]


def _group(key: Key) -> Key:
    """Return what a unit is a part of, as a group whose noughts may be blind: answers stand apart from localities."""
    return key[:2] if _is_part(key) else key[:-1]


@dataclass(eq=False)
class _Book:
    """One quarter while it is decided."""

    quarter: pd.Period
    rows: pd.DataFrame
    units: Mapping[Key, list[Key]]
    before: Sequence[Shown]
    counts: dict[Key, int] = field(default_factory=dict)
    shown: dict[Key, int] = field(default_factory=dict)
    hidden: set[Key] = field(default_factory=set)
    blind: set[Key] = field(default_factory=set)
    values: dict[Key, float] = field(default_factory=dict)
    days: dict[Key, float] = field(default_factory=dict)

    def decide(self) -> bool:
        """Fill in what is shown; False, with nothing shown, where the quarter is to be withheld."""
        self._count()
        total = self.counts.get(WHOLE, 0)
        earlier = [_needed(state.known(WHOLE)) for state in self.before]
        if tells_few(total) or any(tells_few(total - then) for then in earlier):
            return False
        self.shown[WHOLE] = total
        for district in self._split(WHOLE, self.units[WHOLE], total, earlier):
            self._decide_district(district)
        self._hide_the_rest()
        if all(self._same(state) for state in self.before):
            # one offence's value or days could be had from two versions that differ by it
            self._value()
        return True

    @property
    def mark(self) -> str:
        """A mark of all rows of the quarter, whatever their order."""
        lines = sorted(map(repr, self.rows.drop(columns="quarter").itertuples(index=False, name=None)))
        return blake2b("\n".join(lines).encode(), digest_size=12).hexdigest()

    @property
    def lacks_values(self) -> bool:
        """Whether values are not shown although 5 offences or more of a district are shown to have one: rows changed."""
        given = [count for key, count in self.shown.items() if key[1:] == (BY_VALUE, VALUED[0])]
        return not self.values and any(count >= SMALL_COUNT for count in given)

    def _same(self, state: Shown) -> bool:
        return state.rows == self.mark and state.counts == _sealed_counts(self.shown, state.salt)

    def _count(self) -> None:
        for depth in range(1, len(UNIT) + 1):
            sizes = self.rows.groupby(UNIT[:depth]).size()
            for key, size in sizes.items():
                self.counts[tuple(key) if isinstance(key, tuple) else (str(key),)] = int(size)
        self.counts[WHOLE] = len(self.rows)
        for district, own in self.rows.groupby("district"):
            for part in ANSWERS:
                self.counts[(str(district), BY_ANSWER, part)] = int((own["answer"] == part).sum())
            given = int(own["value"].notna().sum())
            self.counts[(str(district), BY_VALUE, VALUED[0])] = given
            self.counts[(str(district), BY_VALUE, VALUED[1])] = len(own) - given

    def _decide_district(self, district: Key) -> None:
        total = self.shown[district]
        then = [_needed(state.known(district)) for state in self.before]
        for question, parts in ((BY_ANSWER, ANSWERS), (BY_VALUE, VALUED)):
            self._split((*district, question), [(*district, question, part) for part in parts], total, then)
        named = [key for key in self.units[district] if key[-1]]
        listed = self._split(district, named, total, then)
        for locality in listed:
            own = [_needed(state.known(locality)) for state in self.before]
            self._split(locality, self.units[locality], self.shown[locality], own)
        # the localities that are not listed are one group, in which no nought is told
        others = [key for key in self.units[district] if key not in listed]
        left = total - sum(self.shown[key] for key in listed)
        left_then = [
            whole - sum(_needed(state.known(key)) for key in listed)
            for state, whole in zip(self.before, then, strict=True)
        ]
        shops = [shop for key in others for shop in self.units[key] if self.counts.get(shop, 0)]
        held = sum(self.counts.get(key, 0) > 0 for key in others)
        self._split((*district, REST), shops, left, left_then, least=held + ROOM)

    def _split(
        self, group: Key, parts: Iterable[Key], total: int, earlier: Sequence[int], *, least: int = 0
    ) -> list[Key]:
        """Show those parts of a group that may be, and return them; what is left of it is one block.

        A part is shown where it has none, or 5 or more, was not hidden by an earlier version, and did not change by 1
        to 4. The rest must be none, or 5 or more, hold 4 in any of its units with 1 in each other (``least`` is the
        fewest besides), and not have changed by 1 to 4: until then the smallest part shown joins it.
        """
        counts = {key: self.counts.get(key, 0) for key in parts}
        told = {key for key, count in counts.items() if self._may(key, count)}
        while True:
            left = total - sum(counts[key] for key in told)
            units = sum(count > 0 for key, count in counts.items() if key not in told)
            enough = left == 0 or left >= max(SMALL_COUNT, units + ROOM, least)
            if enough and not any(tells_few(left - then) for then in self._left_then(told, earlier)):
                break
            larger = sorted((counts[key], key) for key in told if counts[key])
            if not larger:
                self.blind.add(group)
                return []
            told.remove(larger[0][1])
        self.shown.update({key: counts[key] for key in told})
        return sorted(told)

    def _may(self, key: Key, count: int) -> bool:
        then = [state.known(key) for state in self.before]
        return not tells_few(count) and all(
            known is not None and not tells_few(count - known) for known in then
        )

    def _left_then(self, told: Iterable[Key], earlier: Sequence[int]) -> list[int]:
        keys = list(told)
        return [
            whole - sum(_needed(state.known(key)) for key in keys)
            for state, whole in zip(self.before, earlier, strict=True)
        ]

    def _hide_the_rest(self) -> None:
        self.hidden = {key for key, count in self.counts.items() if count and key not in self.shown}
        # what an earlier version hid and this one has none of is not told either, unless it is shown
        self.hidden |= {
            key
            for key in self.units
            if key not in self.shown and any(state.known(key) is None for state in self.before)
        }

    def _value(self) -> None:
        """Add values and days: only sums over 5 offences or more, none of which leaves 1 to 4 by subtraction."""
        given = self.rows.loc[self.rows["value"].notna()]
        for district in (key for key in self.shown if len(key) == 1):
            own = given.loc[given["district"] == district[0]]
            if len(own) < SMALL_COUNT:
                continue
            self.values[district] = float(own["value"].sum())
            by_shop = own.groupby(UNIT)["value"].agg(["size", "sum"])
            sums = {
                tuple(key): (int(row["size"]), float(row["sum"]))
                for key, row in by_shop.iterrows()
                if tuple(key) in self.shown and row["size"] >= SMALL_COUNT
            }
            smallest = sorted((count, key) for key, (count, _) in sums.items())
            while smallest and tells_few(len(own) - sum(count for count, _ in smallest)):
                smallest.pop(0)
            self.values.update({key: sums[key][1] for _, key in smallest})
        for name, days in self.rows.dropna(subset=["days"]).groupby("district")["days"]:
            if len(days) >= SMALL_COUNT and (str(name),) in self.shown:
                self.days[(str(name),)] = float(np.floor(days.median() + 0.5))


def _needed(count: int | None) -> int:
    # only asked of units that `_may` let through, or of the whole, which was shown
    return 0 if count is None else count


class _Kept(NamedTuple):
    """The quarters of which nothing is shown, and those of which an earlier version may be why less is."""

    withheld: frozenset[pd.Period]
    held_back: frozenset[pd.Period]


def _published(quarters: tuple[pd.Period, ...], kept: _Kept, books: Sequence[_Book], salt: str) -> Published:
    # a nought is a row only of a unit that is named by a count
    named = {key for book in books for key, count in book.shown.items() if count}

    def rows(depth: int) -> Iterable[tuple[_Book, Key, int]]:
        for book in books:
            for key, count in sorted(book.shown.items()):
                if len(key) == depth and not _is_part(key) and key in named:
                    yield book, key, count

    nothing = float("nan")
    shops = [(b.quarter, *key, n, b.values.get(key, nothing)) for b, key, n in rows(3)]
    localities = [(b.quarter, *key, n) for b, key, n in rows(2)]
    districts = [
        (
            b.quarter,
            *key,
            n,
            *(b.shown.get((*key, BY_ANSWER, part), 0 if n == 0 else nothing) for part in ANSWERS),
            b.shown.get((*key, BY_VALUE, VALUED[1]), 0 if n == 0 else nothing),
            b.values.get(key, nothing),
            b.days.get(key, nothing),
        )
        for b, key, n in rows(1)
    ]
    return Published(
        quarters,
        *kept,
        pd.DataFrame(shops, columns=["quarter", *UNIT, "offences", "value"]),
        pd.DataFrame(localities, columns=["quarter", *UNIT[:2], "offences"]),
        pd.DataFrame(
            districts,
            columns=["quarter", "district", "offences", *ANSWERS, VALUED[1], "value", "median_days"],
        ),
        pd.DataFrame([(b.quarter, b.shown[WHOLE]) for b in books], columns=["quarter", "offences"]),
        {str(book.quarter): _state(book, salt) for book in books},
    )


def _is_part(key: Key) -> bool:
    return len(key) > 1 and key[1] in (BY_ANSWER, BY_VALUE)


def _state(book: _Book, salt: str) -> Shown:
    return Shown(
        _sealed_counts(book.shown, salt),
        frozenset(sealed(key, salt) for key in book.hidden),
        frozenset(sealed(key, salt) for key in book.blind),
        book.mark,
        salt,
    )


def _sealed_counts(shown: Mapping[Key, int], salt: str) -> dict[str, int]:
    """Return the counts of a quarter by sealed name; a nought is what is neither here nor hidden."""
    return {sealed(key, salt): count for key, count in shown.items() if count or key == WHOLE}
