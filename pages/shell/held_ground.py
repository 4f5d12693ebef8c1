"""Units of ground as a list shows them: by the names and the codes of their LSOAs."""

from __future__ import annotations

from pages.shell import tables


def labels(force: str) -> dict[str, str]:
    """Return each unit of the force's own ground with its label, by name: ``Stockton-on-Tees 020C (E01012284)``.

    A unit of several LSOAs of 2021 names their codes too.
    """
    ground = tables.places(force)
    own = ground.loc[ground["in_force"]].sort_values(["ground_name", "ground_code"])
    return {
        unit.ground_code: f"{unit.ground_name} ({', '.join(_codes(unit.ground_code, unit.codes_2021))})"
        for unit in own.itertuples()
    }


def _codes(ground_code: str, codes_2021: tuple[str, ...]) -> list[str]:
    return [ground_code, *(code for code in codes_2021 if code != ground_code)]
