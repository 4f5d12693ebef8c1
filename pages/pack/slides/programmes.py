"""The slides of what was done: retail, Safer Streets, hotspot patrols, both sources on ASB, the night-time economy, perceptions."""

from __future__ import annotations

from dataclasses import replace

from analysis.drawing.answer import DrawnFigure, Text
from analysis.drawing.board import Board, board_sentence
from analysis.drawing.cards import Cards
from analysis.drawing.figure import Table
from analysis.model.english import listed, lower_first
from analysis.model.vocabulary import NEIGHBOURHOOD_CRIME, TOLD
from analysis.topics.programmes.measure import GROUP
from pages.pack.contents import Chapter, Contents
from pages.pack.slides.blocks import (
    Piece,
    chart_of,
    first_sentences,
    piece,
    pieces,
    said_of,
    source_of,
    text_of,
    under,
)
from pages.pack.slides.deck import Block, Column, Line, Slide, Words, bullets
from pages.pack.slides.one_part import (
    Wanted,
    cards_sentence,
    cards_slide,
    figure_slide,
    line_of,
    lines_of,
    lists_slide,
    map_slide,
    months_slide,
    rest_on,
    table_slide,
)
from pages.pack.slides.outcomes import SMALL, board_grid, names_in, source_of_board


def retail(contents: Contents) -> list[Slide]:
    """Return what was recorded in shops by place, month by month and by quarter, and what is being done."""
    of = contents.chapter("retail_crime")
    return [
        *_shoplifting(of),
        *months_slide(of, "monthly"),
        *table_slide(of, "shoplifting", wanted=Wanted((("% comparator", "% elsewhere"),))),
        *figure_slide(of, "quarters"),
        *table_slide(of, "repeat"),
        *lists_slide(of, "published"),
        *table_slide(of, "kept", wanted=Wanted(named=True)),
    ]


def streets(contents: Contents) -> list[Slide]:
    """Return what Safer Streets delivered, what was recorded on its ground, and where."""
    of = contents.chapter("safer_streets")
    told = (text_of(of, "overlap"), text_of(of, "not isolated"))
    return [
        *_delivered(of),
        *cards_slide(of, "evidence", "Safer Streets: ", after=_one_finding(of), said=told),
        *map_slide(contents, of, told),
    ]


def hotspots(contents: Contents) -> list[Slide]:
    """Return what the patrols did, what was recorded on their ground, where, and what is known of the money."""
    of = contents.chapter("hotspots")
    return [
        *table_slide(of, "patrols", wanted=Wanted(after=(first_sentences(text_of(of, "purpose"), 2),))),
        *cards_slide(of, "evidence", "Hotspot patrols: ", after=[text_of(of, "months")]),
        *map_slide(contents, of, of.notes[:1] if of is not None else ()),
        *_money(of),
    ]


def two_sources(contents: Contents) -> list[Slide]:
    """Return both figures on anti-social behaviour, by source, and why they are never merged."""
    of = piece(contents.chapter("hotspots"), "two figures")
    if of is None or not isinstance(of.part, Table):
        return []
    after = tuple(first_sentences(note, 3) for note in of.part.notes[:2])
    return table_slide(contents.chapter("hotspots"), "two figures", wanted=Wanted(after=after))


def night(contents: Contents) -> list[Slide]:
    """Return the night-time economy: what was recorded, what was granted and what it paid for."""
    of = contents.chapter("nte")
    return [
        *_night_board(contents, of),
        *table_slide(of, "table", "money", Wanted(without=("Source",))),
        *_paid_for(of),
    ]


def steps(contents: Contents) -> list[Slide]:
    """Return next steps and areas of concern, beside each other, and what became of them where that is known."""
    of = contents.chapter("nte")
    tables = [each for each in pieces(of, "published", "plan_and_steps") if isinstance(each.part, Table)]
    if not tables:
        return []
    two = tables[-2:]
    columns = tuple(
        Column((under(each.part.title, lines_of(each.part)),)) for each in two if isinstance(each.part, Table)
    )
    title = " and ".join(
        each.part.title if at == 0 else lower_first(each.part.title)
        for at, each in enumerate(two)
        if isinstance(each.part, Table)
    )
    return [
        Slide(title, columns, source_of(two[0].part), said_of(*tables)),
        *table_slide(of, "kept", "plan_and_steps", Wanted(named=True)),
    ]


def perceptions(contents: Contents) -> list[Slide]:
    """Return what is done where people feel unsafe, and where a survey is held what they said."""
    of = contents.chapter("perceptions")
    answers = [each for each in pieces(of, "published", "what_is_done") if isinstance(each.part, Table)]
    slides = [
        *figure_slide(of, "figure"),
        *table_slide(of, "table", "every_place", Wanted(without=("95% interval",))),
    ]
    if answers and of is not None:
        section = answers[0].section
        lines: list[Block] = []
        for at, each in enumerate(answers):
            if isinstance(each.part, Table):
                lines.append(under(each.part.title if at else "", lines_of(each.part)))
        slides.append(
            Slide(section.title, (Column(tuple(lines)),), source_of(answers[0].part), said_of(*answers))
        )
    return [*slides, *table_slide(of, "kept", "what_is_done", Wanted(named=True))]


def _shoplifting(chapter: Chapter | None) -> list[Slide]:
    """Return the cards of shoplifting under what their verdicts come to, with the source of the table by place."""
    of, table = piece(chapter, "cards"), piece(chapter, "shoplifting")
    if of is None or not isinstance(of.part, Cards):
        return []
    title = f"Shoplifting: {lower_first(cards_sentence(of.part))}"
    source = source_of(table.part) if table is not None else ""
    return [
        replace(slide, title=title, source=source or slide.source)
        for slide in cards_slide(chapter, "monthly", "")
    ]


def _one_finding(chapter: Chapter | None) -> list[str]:
    """Return of each area whose neighbourhood crime is told that what it contains is told in it, and not once more."""
    of = piece(chapter, "evidence")
    if of is None or not isinstance(of.part, Table):
        return []
    rows = of.part.data
    told = rows.loc[rows["verdict"].isin(TOLD)]
    lines = []
    for area in told.loc[told["crime_type"] == GROUP, "area"]:
        types = set(told.loc[told["area"] == area, "crime_type"])
        inside = [lower_first(each) for each in NEIGHBOURHOOD_CRIME if each in types]
        if inside:
            lines.append(
                f"{area}: {lower_first(GROUP)} contains {listed(inside)}, so these are not separate findings."
            )
    return lines


def _delivered(chapter: Chapter | None) -> list[Slide]:
    """Return what was delivered as lists under the areas, and what the money is for."""
    of = piece(chapter, "deliverables", "delivered")
    if of is None or not isinstance(of.part, Table):
        return []
    about = text_of(chapter, "about")
    lines = [Line(about)] if about else []
    table = of.part.shown.reset_index().astype(str)
    for area in dict.fromkeys(table.iloc[:, 0]):
        rows = table.loc[table.iloc[:, 0] == area]
        lines += [Line(area, bold=True), *(Line(line_of(row), bullet=True) for _, row in rows.iterrows())]
    return [
        Slide(
            of.part.title,
            (Column((Words(tuple(lines)),)),),
            source_of(of.part),
            said_of(of),
            rest=rest_on(chapter),
        )
    ]


def _money(chapter: Chapter | None) -> list[Slide]:
    """Return the sums over their days, and why there is a cost per hour or none."""
    of, costs = piece(chapter, "figure", "cost"), piece(chapter, "costs", "cost")
    if of is None or not isinstance(of.part, DrawnFigure):
        return []
    blocks, said = chart_of(of.part)
    words = [costs.part.title] if costs is not None and isinstance(costs.part, Table) else []
    return [
        Slide(
            of.part.title,
            (Column((*((bullets(*words),) if words else ()), *blocks)),),
            source_of(of.part),
            (*said, *said_of(of, costs)),
        )
    ]


def _night_board(contents: Contents, chapter: Chapter | None) -> list[Slide]:
    of = piece(chapter, "board")
    if of is None or not isinstance(of.part, Board):
        return []
    shown = of.part
    columns = [at for at, place in enumerate(shown.columns) if not place.proposed]
    if not columns:
        return []
    cells = [row[at] for row in shown.cells for at in columns]
    sentence = board_sentence(cells, names_in(shown))
    ground = piece(chapter, "ground")
    about = ground.part.text if ground is not None and isinstance(ground.part, Text) else ""
    return [
        Slide(
            f"Night-time economy: {lower_first(sentence)}",
            (Column((board_grid(shown, columns), bullets(first_sentences(about)))),),
            f"{shown.compared} {SMALL} {source_of_board(contents)}",
            (sentence, about, shown.rest, shown.compared, *said_of(of)),
        )
    ]


def _paid_for(chapter: Chapter | None) -> list[Slide]:
    """Return what each fund of a section paid for, as lists."""
    if chapter is None:
        return []
    funds = [
        Piece(chapter, section, each)
        for section, each in chapter.named()
        if section.key == "money" and each.name.endswith("deliverables") and isinstance(each.part, Table)
    ]
    if not funds:
        return []
    columns = tuple(
        Column((under(each.part.title, lines_of(each.part)),))
        for each in funds
        if isinstance(each.part, Table)
    )
    return [
        Slide(
            "What the money for the night-time economy pays for",
            columns if len(columns) <= 2 else (Column(tuple(b for c in columns for b in c.blocks)),),
            source_of(funds[0].part),
            said_of(*funds),
        )
    ]
