"""The contents of a pack written as a PowerPoint file."""

from __future__ import annotations

from pathlib import Path

from analysis.drawing import encoded
from data.atomic import write_file
from pages.pack.contents import Contents
from pages.pack.slides.fit import fitted
from pages.pack.slides.house import house
from pages.pack.slides.paint import draw_slide
from pages.pack.slides.plan import plan
from pages.pack.slides.saved import bytes_of, moment
from pages.pack.slides.template import office


def write(contents: Contents, path: Path, template: Path | None = None) -> None:
    """Write the slides of these contents to ``path``: into the house's template, or into the office's own (.pptx, .potx).

    Everything on them is a part of the contents, in its own words; nothing is computed. The same contents and the same
    SOURCE_DATE_EPOCH give the same bytes. Raises RefusedError, which names the file, for a template that cannot be used.
    """
    shown, page = house() if template is None else office(template)
    at = moment(str(contents.manifest.get("made", "")))
    for slide in plan(contents):
        for each in fitted(slide, page):
            draw_slide(shown, page, each, at, simulated=contents.simulated)
    about = shown.core_properties
    about.title = encoded.slide_text(contents.title)
    about.author = encoded.slide_text(contents.body) or "Safe Town Centres"
    about.subject = "Made from the answers of the dashboard; sources stand in the notes of each slide."
    about.comments = about.keywords = about.category = about.last_modified_by = ""
    about.created = about.modified = at.replace(tzinfo=None)
    about.revision = 1
    write_file(path, bytes_of(shown, at))
