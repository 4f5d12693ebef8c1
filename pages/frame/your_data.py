"""Getting data on the screen: months fetched for a force, files given, how far it is, and what became of it.

What is done is a job of the store (`data.jobs`): it goes on while pages are read, whichever of them is open.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.model.errors import AnalysisError, RefusedError
from analysis.model.formats import duration
from data import jobs
from data.access import Action
from data.areas.area_files import read_areas
from data.jobs import FilesStep, GeographyStep, How, JobState, MonthsStep, Step, UpdateStep
from data.jobs.steps import Sort
from data.police_uk.file_names import OWN_NAMES, RAILWAYS
from data.store import open_store
from pages.frame import access, announcer, draw, folds, link, wording
from pages.frame.asking import desk
from pages.frame.server.streamlit_inside import let_go_of

WORKER = "pages.update.worker"
"""The process that does the work: it compares verdicts too."""

OVERVIEW, CENTRES = "pages/review/overview.py", "pages/explore/centres.py"

LOOK_EVERY = 1.0
"""Seconds between two looks at a job: as often as a reader looks."""

LARGEST_MB = 200
"""Of files given here; years of the largest force, packed, lie under it. They lie in memory while they are taken over."""

DONE = "Done. Every page answers from what is held now."
UPDATE_HELP = "What a revision changed in figures already shown is said, and kept as a dated list."

_OTHER = "Other months, or railway police too"
_KEYS, _CHOSEN, _NONE = ("get-first", "get-last", "get-railways"), "get-chosen", ("", "", False)
_MINE, _FIRST, _TURN = "job-of-mine", "job-of-the-first-months", "files-given"

_OUTLINES = ("geojson", "json", "gpkg", "zip")

SORTS: dict[str, tuple[Sort, tuple[str, ...]]] = {
    "Months of police.uk (a zip, or its CSV files)": ("months", ("zip", "csv")),
    "Lookup of 2011 and 2021 LSOAs (ONS, exact fit)": ("lookup", ("csv",)),
    "Boundaries of LSOAs, wards or districts (ONS)": ("boundaries", _OUTLINES),
    "Town centres (GeoDS, Ordnance Survey, any with a name)": ("centres", _OUTLINES),
}

WHERE_FROM = (
    ("Months", "https://data.police.uk/data/", "choose the force and months, with crimes and outcomes"),
    ("Lookup, boundaries and wards", "https://geoportal.statistics.gov.uk/", "the ONS Open Geography portal"),
    ("Retail centres", "https://data.geods.ac.uk/", "Geographic Data Service; its terms are to be accepted"),
)


def offer() -> None:
    """Offer to get or to give data, to whoever may; or show how far the job is that is being done."""
    path, visitor = open_store().path, access.visitor()
    if not visitor.may(Action.IMPORT_DATA):
        draw.text("Getting data is for whoever runs this dashboard, here or by python -m data download.")
        draw.text(visitor.why)
        return
    job = jobs.current(path)
    if job is not None and not job.state.ended:
        _progress()
        return
    if job is not None:
        _said(job.state)
    _guarded_form(path)


def _guarded_form(path: Path) -> None:
    try:
        _months(path)
        _centres(path)
        folds.behind("Give files instead of fetching them", lambda: _files(path), "give-files")
        folds.behind("Where the files come from", _sources, "where-from")
    except AnalysisError as problem:
        wording.warning(str(problem))


def _months(path: Path) -> None:
    names = {
        key: name for key, name in sorted(OWN_NAMES.items(), key=lambda each: each[1]) if key != RAILWAYS
    }
    force = wording.selectbox(
        "Police force",
        list(names),
        index=list(names).index(_likely(tuple(names))),
        format_func=lambda key: names[key],
        key="get-force",
        required=True,
        width=420,
    )
    place, more = st.container(), st.container()
    with more:
        folds.behind(_OTHER, _choices, "get-choices")
        first, last, railways = st.session_state.get(_CHOSEN, _NONE)
        step = MonthsStep(force, first, last, railways)
        if step != MonthsStep(force):
            draw.fine(f"Asked for: {_in_words(step)}.")
    with place:
        draw.text(
            "Months come from data.police.uk, lookup, boundaries and wards from the Office for National Statistics. "
            "It can be stopped at any moment and goes on from there."
        )
        if wording.button(f"Get the data of {names[force]}", type="primary", key="get-months"):
            _start(path, [step, GeographyStep(force)])
        if not desk().simulated and wording.button(
            "Get what is new or revised of all that is held", key="get-update", help=UPDATE_HELP
        ):
            _start(path, [UpdateStep()])


def _choices() -> None:
    # Streamlit forgets what is not drawn: what is asked for is kept beside, and stands in the fold again
    kept = st.session_state.get(_CHOSEN, _NONE)
    for key, value in zip(_KEYS, kept, strict=True):
        st.session_state.setdefault(key, value)
    one, two, three = st.columns([1, 1, 2], vertical_alignment="bottom")
    first = wording.on(one).text_input("First month", placeholder="2022-07", key=_KEYS[0], max_chars=7)
    last = wording.on(two).text_input("Last month", placeholder="2024-06", key=_KEYS[1], max_chars=7)
    railways = wording.on(three).toggle("British Transport Police, too", key=_KEYS[2])
    draw.fine("Without months: all of the newest archive, which are the last 36.")
    st.session_state[_CHOSEN] = ((first or "").strip(), (last or "").strip(), bool(railways))


def _in_words(step: MonthsStep) -> str:
    """Return which months are asked for, and of whom besides."""
    months = (
        f"{step.first or 'the first of 36'} to {step.last or 'the latest'}" if step.first or step.last else ""
    )
    return " and ".join(filter(None, (months, "British Transport Police" if step.with_railways else "")))


def _centres(path: Path) -> None:
    """Offer to take outlines of town centres where they are what is missing, and lead to what is proposed from them."""
    holdings = desk().holdings()
    if holdings.simulated:
        return
    if holdings.beside.outlines and not holdings.beside.centres:
        file: UploadedFile | None = wording.file_uploader(
            f"Outlines of town centres (GeoDS, Ordnance Survey, any with a name): up to {LARGEST_MB} MB",
            type=list(_OUTLINES),
            key=f"give-centres-first-{st.session_state.get(_TURN, 0)}",
            max_upload_size=LARGEST_MB,
            help="Each is proposed as an area of the small areas that it lies on. Nothing becomes one before it is kept.",
        )
        if file is not None:  # none are held, so nothing is replaced and nobody need be asked
            _give(path, "centres", [file])
    wording.page_link(CENTRES, "Town centres of your district", query_params=link.shared())


def _give(path: Path, sort: Sort, files: Sequence[UploadedFile]) -> None:
    """Begin to import these files."""
    given = _kept(path, files)
    let_go_of(files)
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    _start(path, [FilesStep(sort, tuple(str(each) for each in sorted(given.iterdir())))], given)


def _files(path: Path) -> None:
    turn = st.session_state.get(_TURN, 0)
    said = wording.selectbox("What the files are", list(SORTS), key="give-sort", required=True, width=420)
    sort, kinds = SORTS[said]
    chosen: list[UploadedFile] | UploadedFile | None = wording.file_uploader(
        f"{said}: up to {LARGEST_MB} MB",
        type=list(kinds),
        # of boundaries and months files add to each other; a lookup or a file of centres takes the place of the one held
        accept_multiple_files=sort in ("months", "boundaries"),
        key=f"give-{sort}-{turn}",
        max_upload_size=LARGEST_MB,
    )
    files = chosen if isinstance(chosen, list) else [chosen] if chosen else []
    if files and wording.button("Import these files", type="primary", key="give"):
        _give(path, sort, files)


def _kept(path: Path, files: Sequence[UploadedFile]) -> Path:
    """Write the files given beside the store, for another process to read. RefusedError where it has no room."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=jobs.GIVEN, dir=path))
    except OSError as problem:
        raise RefusedError(_NO_ROOM.format(problem.strerror)) from problem
    try:
        for file in files:
            # the importer reads force and month from a name of police.uk; another letter is none of its letters
            name = re.sub(r"[^A-Za-z0-9._-]", "_", Path(file.name).name)[-120:].lstrip(".") or "file"
            if (folder / name).exists():
                raise RefusedError(f"Two of the files are called {name}. Give one of them another name.")
            with (folder / name).open("wb") as target:
                shutil.copyfileobj(file, target)
    except (OSError, RefusedError) as problem:
        shutil.rmtree(folder, ignore_errors=True)
        if isinstance(problem, RefusedError):
            raise
        raise RefusedError(_NO_ROOM.format(problem.strerror)) from problem
    return folder


_NO_ROOM = (
    "The files cannot be written beside the store ({}). Check its folder, its permissions and the space left; what was "
    "held is unchanged."
)


def _start(path: Path, steps: Sequence[Step], given: Path | None = None) -> None:
    try:
        jobs.start(access.visitor(), path, steps, How(given, WORKER))
    except RefusedError:
        if given is not None:
            shutil.rmtree(given, ignore_errors=True)
        raise
    st.session_state[_MINE] = True
    st.session_state[_FIRST] = desk().simulated
    st.rerun()


@st.fragment(run_every=LOOK_EVERY)
def _progress() -> None:
    """Show how far the job is, and go on when it has ended."""
    job, visitor = jobs.current(open_store().path), access.visitor()
    # this part runs by itself: whoever has lost the role since the page was opened gets the page of those without it
    if job is None or job.state.ended or not visitor.may(Action.IMPORT_DATA):
        st.rerun()
        return
    state = job.state
    number = f" ({state.at + 1} of {len(state.steps)})" if len(state.steps) > 1 else ""
    left = f", about {duration(state.seconds_left)} left" if state.seconds_left else ""
    draw.text(f"{state.steps[state.at].title}{number}. Pages can be read meanwhile, and this one left.")
    draw.progress(state.share or 0.0, f"{state.words or 'Beginning'}{left}")
    if isinstance(state.steps[state.at], FilesStep):
        return  # files that lie here are imported in one go
    if wording.button(
        "Stop", key="stop-job", help="What is finished stays; the same again goes on from there."
    ):
        job.stop(visitor)


def _said(state: JobState) -> None:
    """Say what became of the last job; whoever fetched the first months, or gave centres, is led to what they say."""
    mine, first = st.session_state.pop(_MINE, False), st.session_state.pop(_FIRST, False)
    if mine and state.ok and not desk().simulated:
        if first:
            st.switch_page(OVERVIEW)
        if any(isinstance(step, FilesStep) and step.sort == "centres" for step in state.steps):
            st.switch_page(CENTRES, query_params=link.shared())
    if state.ok:
        wording.success(DONE)
        if mine:
            announcer.finished(DONE)
        folds.behind("What was done, in full", lambda: draw.lines(state.said), "job-said")
    else:
        wording.warning("Not all of it was done; what was finished is held.")
        draw.lines(state.said)


def _likely(forces: Sequence[str]) -> str:
    """Return the force whose months are held, else the first that the files of areas name."""
    named = (*desk().forces(), *read_areas().forces)
    return next((each for each in named if each in forces), forces[0])


def _sources() -> None:
    draw.addresses(WHERE_FROM)
