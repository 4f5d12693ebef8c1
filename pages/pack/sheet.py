"""How a chapter is filled: the same calls as a page's, putting parts into sections in place of a screen."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import Protocol

from analysis.drawing.answer import Answer, Part, Text, Unanswered, of_open_data
from analysis.drawing.board import Board
from analysis.drawing.certificate import Certificate
from analysis.drawing.figure import Table
from analysis.drawing.maps.shown import Shown
from analysis.model.case import Case
from analysis.model.errors import AnalysisError
from analysis.records.given import Records
from analysis.topics import change, coverage
from data.desk import Desk
from data.records import record_kind
from data.records.said import held_line, not_held_line, simulated_line
from pages.pack.contents import Chapter, Lead, NamedPart, Section
from pages.pack.plain import CERTIFICATE


class Asked(Protocol):
    """A case, or the small value that a topic makes of one."""

    @property
    def key(self) -> tuple[Hashable, ...]:
        """What an answer to it is kept by."""
        ...


class Asker:
    """What the chapters of one pack share: desk, case, and every answer once."""

    def __init__(self, desk: Desk, case: Case) -> None:
        self.desk, self.case = desk, case
        self._answers: dict[Hashable, Answer] = {}

    def ask(self, answer: Callable[..., Answer], asked: Asked, *values: Hashable) -> Answer:
        """Return what a topic answers to this case and these values, certified as on a page; what it raises is raised."""
        key = (answer.__module__, answer.__qualname__, asked.key, values)
        if key not in self._answers:
            self._answers[key] = coverage.certified(answer(asked, *values), asked)
        return self._answers[key]

    def in_use(self, key: str) -> Records:
        """Return the office's own records of this kind, or none."""
        try:
            records = self.desk.records(key)
        except AnalysisError:  # damaged: `Sheet.use` says so
            return self.desk.no_records(key)
        return self.desk.no_records(key) if records.simulated else records


class Sheet:
    """A chapter being filled, in the page's order. ``case`` is what its maps and records are of."""

    def __init__(self, at: Asker, key: str, name: str, question: str) -> None:
        self.at, self.case, self.desk = at, at.case, at.desk
        self._key, self._name, self._question = key, name, question
        self._sections: list[_Filling] = [_Filling("first", "")]
        self._leads: tuple[Lead, ...] = ()
        self._notes: tuple[str, ...] = ()
        self._certificate: Certificate | None = None
        self._document = ""

    def ask(self, answer: Callable[..., Answer], asked: Asked, *values: Hashable) -> Answer:
        """Return a topic's answer, as `Asker.ask`."""
        return self.at.ask(answer, asked, *values)

    def question(self, words: str) -> None:
        """Give the page another question than the menu's."""
        self._question = words

    def parts(self, answer: Answer, *names: str) -> None:
        """Put these parts of an answer, in this order; all of them without a name, and none that it does not have.

        What several of them cannot be answered for is said once, as on the page.
        """
        sentences = set()
        for name in names or answer.parts:
            part = answer.parts.get(name)
            if isinstance(part, Unanswered):
                if part in sentences:
                    continue
                sentences.add(part)
            if part is not None:
                self._put(name, part, answer.certificate_of(name))

    def first_of(self, answer: Answer, *names: str) -> None:
        """Put the first of these parts that the answer has."""
        name = next((name for name in names if name in answer.parts), None)
        if name is not None:
            self._put(name, answer.parts[name], None)

    def board(self, case: Case) -> None:
        """Put the board and, for the cell that a page opens with, its reason and what the verdict rests on."""
        shown = self.ask(change.board, case)["board"]
        self._put("board", shown, None)
        if isinstance(shown, Board) and shown.by_key:  # without an area there is no cell to explain
            cell = shown.first
            self.parts(self.ask(change.reason, case, cell.area, cell.crime_type))

    def map(self, answer: Answer, name: str = "map") -> None:
        """Put a map, over the months that it rests on; nothing where the answer has none."""
        part = answer.parts.get(name)
        if isinstance(part, Shown):
            self._put(name, part, coverage.certificate(self.case, *part.rests_on))
        elif part is not None:
            self._put(name, part, None)

    def leads(self, answer: Answer) -> None:
        """Put what is said first, a sentence a place; the first of a page are its own."""
        if isinstance(answer.leads, Unanswered):
            self._put("leads", answer.leads, None)
            return
        self._sections[-1].leads.extend(answer.leads)
        self._leads = self._leads or answer.leads

    def leads_without_cards(self, answer: Answer) -> None:
        """Put what is said first where the answer has no card."""
        if "cards" not in answer.parts:
            self.leads(answer)

    def leads_behind_cards(self, answer: Answer) -> None:
        """Put it in a fold behind the cards; without cards it stands first already."""
        if "cards" in answer.parts:
            self.leads(answer)

    def text(self, sentence: str) -> None:
        """Put one sentence of the page's own; nothing where there is none."""
        if sentence:
            self._sections[-1].said.append(sentence)

    def small(self, answer: Answer, name: str) -> None:
        """Put one sentence of an answer, where it has it."""
        part = answer.parts.get(name)
        if isinstance(part, Text):
            self._put(name, part, None)

    def use(self, key: str, meanwhile: str, *, below: bool = False) -> Records:
        """Say whose records of this kind are shown, and return them; invented ones stand over demonstration months alone.

        ``below`` says it under the parts of the section, as where the page first shows its answer.
        """
        kind, naming = record_kind(key), self.desk.naming()
        filling = self._sections[-1]
        said = filling.below if below else filling.said
        try:
            self.desk.records(key)
            version = self.desk.record_version(key)
        except AnalysisError as problem:
            said.append(str(problem))
            version = None
        if version is not None and not version.simulated:
            said.append(f"{kind.title}. {held_line(version, kind, naming)}")
            return self.desk.records(key)
        if version is None and not self.desk.simulated:
            said.append(f"{kind.title}. {not_held_line(naming)} {meanwhile}".rstrip())
            return self.desk.no_records(key)
        said.append(simulated_line(kind))
        return self.desk.records(key, simulated=True)

    def fold(
        self, title: str, of: Answer | None = None, part: str = ""
    ) -> Callable[[Callable[[], None]], Callable[[], None]]:
        """Fill a section with what the function below puts; none where the answer (``of``) has no part, or not this one."""

        def filled(content: Callable[[], None]) -> Callable[[], None]:
            if of is not None and (part not in of.parts if part else not of.parts):
                return content
            self._sections.append(_Filling(content.__name__, title))
            try:
                content()
            except AnalysisError as problem:
                self._put("why", Unanswered(str(problem)), None)
            self._sections.append(_Filling(f"after_{content.__name__}", ""))
            return content

        return filled

    def section(
        self, title: str, of: Answer | None = None
    ) -> Callable[[Callable[[], None]], Callable[[], None]]:
        """Fill a section that stands open on the page with what the function below puts, as `fold` does."""
        return self.fold(title, of)

    def certificate(self, answer: Answer) -> None:
        """Give the chapter the certificate of an answer, and put its table."""
        whole = self._certificate = answer.certificate
        if whole is not None:
            self._sections.append(_Filling(CERTIFICATE, whole.table.title))
            self._put("certificate", whole.table, None)

    def notes(self, sentences: Iterable[str]) -> None:
        """Give the chapter what a reader must keep in mind."""
        self._notes = tuple(filter(None, sentences))

    def document(self, text: str) -> None:
        """Give the chapter a document of the project's own, in Markdown."""
        self._document = text

    def unanswered(self, problem: AnalysisError) -> None:
        """Put the sentence that says why the rest of the page cannot be answered."""
        self._put("why", Unanswered(str(problem)), None)

    def chapter(self) -> Chapter:
        """Return the chapter, without sections in which nothing stands."""
        return Chapter(
            self._key,
            self._name,
            self._question,
            self._leads,
            tuple(each.section() for each in self._sections if each.any),
            self._notes,
            self._certificate,
            self._document,
        )

    def _put(self, name: str, part: Part, whole: Certificate | None) -> None:
        # as on the page: what rests on an office's records alone has no line on police.uk's months
        told = isinstance(part, Text) or of_open_data(part)
        if (
            isinstance(part, Table) and part.whole is not None
        ):  # the file of all rows is the page's own download
            part = replace(part, whole=None)
        self._sections[-1].parts.append(NamedPart(name, part, whole if told else None))


class _Filling:
    """A section being filled."""

    def __init__(self, key: str, title: str) -> None:
        self.key, self.title = key, title
        self.parts: list[NamedPart] = []
        self.leads: list[Lead] = []
        self.said: list[str] = []
        self.below: list[str] = []

    @property
    def any(self) -> bool:
        return bool(self.parts or self.leads or self.said or self.below)

    def section(self) -> Section:
        return Section(
            self.key,
            self.title,
            tuple(self.parts),
            tuple(self.leads),
            tuple(self.said),
            tuple(self.below),
        )
