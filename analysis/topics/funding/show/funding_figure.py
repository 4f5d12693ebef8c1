"""The funding timeline: each sum over the days that it covers, and the time that it is set against."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.drawing.figure import ACCENT, PARTNER, Figure, Table, styled
from analysis.model import formats
from analysis.model.periods import Period

WIDTH, STEP = 460, 34


def amounts(funding: pd.DataFrame) -> list[str]:
    """Return each amount as its source prints it (``£331k``, ``over £40,000``), else in pounds."""
    printed = funding["amount_as_printed"] if "amount_as_printed" in funding else [""] * len(funding)
    return [
        str(text) or formats.pounds(amount) for text, amount in zip(printed, funding["amount"], strict=True)
    ]


def listed(value: object) -> str:
    """Return a list of a record as one text; nothing for a missing one."""
    if isinstance(value, (tuple, list)):
        return "; ".join(str(item) for item in value)
    return value if isinstance(value, str) else ""


def funding_figure(funding: pd.DataFrame, source: str, *, beside: dict[str, Period] | None = None) -> Figure:
    """Return the dated sums as bars over their days; ``beside`` adds other spans by name (the patrols).

    ``funding`` has programme, amount, first_day, last_day and, where it is the review's, amount_as_printed.
    Undated sums are counted in the caveat.
    """
    dated = funding.assign(shown=amounts(funding)).loc[
        lambda f: f["first_day"].notna() & f["last_day"].notna()
    ]
    rows = [
        (f"{row.shown}, {row.programme}", row.first_day, row.last_day, "Money") for row in dated.itertuples()
    ] + [
        (name, period.first.to_timestamp(), period.last.to_timestamp(how="end").normalize(), "Patrols")
        for name, period in (beside or {}).items()
    ]
    data = pd.DataFrame(rows, columns=["name", "first_day", "last_day", "kind"])
    data["end"] = data["last_day"] + pd.Timedelta(days=1)
    kinds = list(dict.fromkeys(data["kind"]))
    order = list(dict.fromkeys(data["name"]))
    chart = (
        alt.Chart(data)
        .mark_bar(height=14)
        .encode(
            x=alt.X("first_day:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=8)),
            x2="end:T",
            y=alt.Y("name:N", title=None, sort=order, axis=alt.Axis(labelLimit=330, grid=False)),
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[ACCENT, PARTNER]),
                legend=alt.Legend() if len(kinds) > 1 else None,
            ),
            tooltip=[
                alt.Tooltip("name:N", title="What"),
                alt.Tooltip("first_day:T", title="From", format="%d %b %Y"),
                alt.Tooltip("last_day:T", title="To", format="%d %b %Y"),
            ],
        )
        .properties(width=WIDTH, height=alt.Step(STEP))
    )
    undated = len(funding) - len(dated)
    said = ". ".join(
        f"{r.name}: {day(r.first_day)} to {day(r.last_day)}" for r in data.itertuples(index=False)
    )
    return Figure(
        title=formats.capital(f"{' and '.join(dated['shown'])}, over the days that the money is for")
        if len(dated)
        else "No sum has days",
        subtitle=f"Funding timeline. {source}",
        alt=f"Bars over time. {said}.",
        chart=styled(chart),
        data=data.drop(columns="end").assign(
            first_day=data["first_day"].dt.strftime("%Y-%m-%d"),
            last_day=data["last_day"].dt.strftime("%Y-%m-%d"),
        ),
        caveat="A sum is for the whole of its days and is not spread over months."
        + (f" Without days, and not drawn: {formats.number(undated)}." if undated else ""),
    )


def funding_table(funding: pd.DataFrame, source: str) -> Table:
    """Return the sums with their days, places and what each pays for, in the order given.

    With ``given_by`` (`analysis.topics.funding.measure.funding_timeline.with_published`) each sum has its own source beside it.
    """
    notes = [note for note in funding["note"] if note] if "note" in funding else []
    sources = {} if "given_by" not in funding else {"Source": list(funding["given_by"])}
    if "slide" in funding and 0 < (funding["slide"] != "").sum() < len(funding):
        notes.append("A published sum stands where the records name no sum for its programme.")
    shown = pd.DataFrame(
        {
            "Amount": amounts(funding),
            "From": [day(each) for each in funding["first_day"]],
            "To": [day(each) for each in funding["last_day"]],
            "Places": [listed(places) or formats.MISSING for places in funding["places"]],
            "Pays for": [listed(what) or "not said" for what in funding["pays_for"]],
            **sources,
        },
        index=pd.Index(list(funding["programme"]), name="Programme"),
    )
    return Table(
        title="What was granted, for when and where" if len(funding) else "No sum is held for this programme",
        subtitle=f"Amounts as the source gives them. {source}",
        shown=shown,
        data=shown.reset_index(),
        notes=tuple(dict.fromkeys(notes)),
    )


def day(of: pd.Timestamp) -> str:
    """Return a day as it is read (``1 Apr 2022``), the mark of what is missing without one."""
    return formats.MISSING if pd.isna(of) else f"{of.day} {of:%b %Y}"
