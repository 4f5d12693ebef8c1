"""What a page shows is in its chapter of the pack, and nothing else: parts, sentences, titles, notes, over both stores."""

from __future__ import annotations

import pytest

from analysis.drawing.answer import DrawnFigure, Text, Unanswered
from analysis.drawing.figure import Table
from analysis.drawing.maps.shown import Shown
from analysis.topics import coverage
from pages.frame import asking, board, draw, map_view
from pages.frame.menu import MENU
from pages.pack.build import chapter
from pages.pack.chapters import CHAPTERS
from pages.pack.sheet import Asker

SCRIPT_OF = {script.rpartition("/")[2]: script for section in MENU.values() for script in section}
WITHOUT = {"glossary", "pack", "how_to_read", "accessibility", "centres", "country"}
"""Pages that are no part of a pack: of words and of the program, where ground is only proposed, and of every force held."""


CHOICES = {
    "Back up all that is held in one file, or put such a file back",
    "Bring your own records",
    "Keep in mind",
    "What is this office called, who asks, and what are its districts called?",
}
"""Titles over what is to be given or chosen; the notes have their own place in a chapter."""


class Watched:
    """What one run of a page shows, as the calls that show it get it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.parts, self.leads, self.titles, self.notes = [], [], [], []
        self.names = set()
        self._patch = patch
        self._watch(draw, "part", lambda shown, **_: self.parts.append(shown))
        self._watch(draw, "small", lambda answer, name: self.parts.append(answer.parts.get(name)))
        self._watch(draw, "leads", self._lead)
        self._watch(draw, "fold", self._fold)
        self._watch(draw, "section", self._fold)
        self._watch(
            draw, "heading", lambda words, of=None: (of is None or of.parts) and self.titles.append(words)
        )
        self._watch(draw, "inner_fold", lambda title, answer, *_: answer.parts and self.titles.append(title))
        self._watch(draw, "notes", lambda sentences: self.notes.extend(filter(None, list(sentences))))
        self._watch(draw, "certificate", self._certificate)
        self._watch(map_view, "show_on", lambda shown, *_, **__: self.parts.append(shown))
        self._watch(board, "_draw_board", lambda shown, *_: self.parts.append(shown))
        self._watch(board, "reason_data", lambda shown, _: self.parts.append(shown))

    def _watch(self, module, name, note):
        call = getattr(module, name)

        def both(*given, **named):
            note(*given, **named)
            return call(*given, **named)

        self._patch.setattr(module, name, both)

    def _lead(self, answer):
        if isinstance(answer.leads, Unanswered):
            self.parts.append(answer.leads)
        else:
            self.leads += answer.leads

    def _fold(self, title, of=None, part=""):
        if of is None or (part in of.parts if part else of.parts):
            self.titles.append(title)

    def _certificate(self, answer):
        if answer.certificate is not None:
            self.titles.append(answer.certificate.table.title)


def kept(part) -> str:
    """Return all that a part says and shows, as one text: two are the same where these are."""
    if isinstance(part, Text | Unanswered):
        return part.text if isinstance(part, Text) else part.sentence
    if isinstance(part, Table):
        return "\n".join([part.title, part.subtitle, *part.notes, part.shown.to_csv()])
    if isinstance(part, DrawnFigure):
        return "\n".join([part.title, part.subtitle, part.caveat, part.alt, part.data.to_csv()])
    if isinstance(part, Shown):
        return "\n".join([part.title, part.subtitle, part.caveat, part.alt, part.data.to_csv()])
    return repr(part) if not hasattr(part, "sentence") else f"{part.sentence} {getattr(part, 'cells', '')}"


def test_every_page_is_in_the_pack_under_its_own_name_and_question():
    listed = [script.rpartition("/")[2] for section in MENU.values() for script in section]
    assert [key for key in listed if key not in WITHOUT] == list(CHAPTERS)
    for key, registered in CHAPTERS.items():
        entry = next(
            entry
            for section in MENU.values()
            for script, entry in section.items()
            if script == SCRIPT_OF[key]
        )
        assert (registered.name, registered.question) == (entry.name, entry.question)


@pytest.mark.parametrize("held", ["real_store", "demonstration_store"])
@pytest.mark.parametrize("key", list(CHAPTERS))
def test_what_a_page_shows_is_in_its_chapter_and_nothing_else(run_app, monkeypatch, request, key, held):
    store = request.getfixturevalue(held)
    watched = Watched(monkeypatch)
    app = run_app(store, f"pages/{SCRIPT_OF[key]}.py")
    assert not app.exception
    desk = asking.desk()  # that of the page: what it counted is not counted again
    case = desk.case(desk.default_selection(desk.forces()[0]))
    made = chapter(Asker(desk, case), key)
    shown = [each for each in watched.parts if each is not None]
    # what several parts cannot be answered for is said once, and a part that is folded away is noted as it is drawn
    assert {kept(each) for each in shown} == {kept(each.part) for _, each in made.named()}
    assert [*watched.leads] == [lead for section in made.sections for lead in section.leads]
    titles = [section.title for section in made.sections if section.title]
    assert [title for title in watched.titles if title and title not in CHOICES] == titles
    assert watched.notes == list(made.notes)


def test_a_part_has_the_certificate_that_its_page_shows(real_store, monkeypatch):
    monkeypatch.setenv("TOWN_CENTRES_STORE", str(real_store.path))
    desk = asking.desk()
    case = desk.case(desk.default_selection("cleveland"))
    at = Asker(desk, case)
    for key in ("overview", "retail_crime", "hotspots"):
        for _, named in chapter(at, key).named():
            if isinstance(named.part, Shown):
                assert named.whole is coverage.certificate(case, *named.part.rests_on)
            if isinstance(named.part, Table) and named.name == "slide":
                assert named.whole is coverage.certificate(case)
