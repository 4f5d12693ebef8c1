"""Records that the office gives, on the page that uses them: what is held, templates, upload, versions.

A page calls `use` where it needs records, which says plainly whose they are, and `bring` at its end. Nothing
is kept in the session but the word on what was just done: what is held stands in the store, and what is shown
follows from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.drawing import encoded
from analysis.drawing.record_tables import refused_table, unread_table, versions_table
from analysis.model.cells import Cells
from analysis.model.english import counted
from analysis.model.errors import AnalysisError, RefusedError
from analysis.records.contract import RecordKind
from analysis.records.given import Records
from analysis.stats.places_left import PlacesLeft, thinned_sentence
from analysis.topics import change
from data import permitted
from data.access import Action
from data.desk import PATROL_LOG
from data.records import (
    RecordsReport,
    RecordVersion,
    record_kind,
    template_csv,
    template_excel,
    versions,
)
from data.records.bounded import make_ready, read_bounded
from data.records.known_places import known_places
from data.records.record_files import LARGEST_FILE
from data.records.said import held_line, not_held_line
from pages.frame import access, announcer, draw, filters, screens, wording
from pages.frame.asking import desk, forget
from pages.frame.server.streamlit_inside import let_go_of

MOST_ASKED = 20
"""Unknown names asked about one by one; a file with more is in other words than the dashboard, and is taken or not."""

AS_IT_STANDS = "Take it as it stands"

_reports = Cells(60_000_000, weigh=lambda report: int(report.accepted.memory_usage(deep=True).sum()) + 10_000)
"""What the files given last held, by their content: in no session, so that a reader who goes leaves nothing behind."""


def use(key: str, meanwhile: str, *, page_asks: bool = False) -> Records:
    """Say whose records of this kind are shown, and return them.

    Those given by the office come first. Without them simulated ones are shown over demonstration months, or
    when the reader asks; otherwise none, and ``meanwhile`` says what stands in their place. Where the page itself asks for
    them in place of its answer (``page_asks``), that none are held is not said again.
    """
    kind, version = record_kind(key), _version(key)
    if version is not None and not version.simulated:
        _say(kind, held_line(version, kind, desk().naming()))
        return desk().records(key)
    if (
        version is None
        and not desk().simulated
        and not _asked_for_simulated(
            kind, meanwhile if page_asks else f"{not_held_line(desk().naming())} {meanwhile}{_how_to_give()}"
        )
    ):
        return desk().no_records(key)
    st.html(
        f'<div class="banner" role="note"><strong>Simulated {kind.title.lower()}.</strong> Its rows are invented, '
        "to show the page at work. No row describes a real patrol, place, sum, shop or person.</div>"
    )
    return desk().records(key, simulated=True)


def in_use(key: str) -> Records:
    """Return the office's own records of this kind, or none: for a sentence above the fold that says whose they are."""
    version = _version(key)
    given = version is not None and not version.simulated
    return desk().records(key) if given else desk().no_records(key)


def bring(*keys: str) -> None:
    """Show, for each kind, the templates, the upload with its report, and the versions kept."""
    screens.rest_begins()
    with st.container(key="bring"):
        draw.heading("Bring your own records")
        for key in keys:
            kind = record_kind(key)
            with wording.expander(_folder(kind)):
                _say_done(kind)
                _guarded(_go_back, kind)
                _guarded(_explain, kind)
                _guarded(_upload, kind)
                _guarded(_versions, kind)


def _version(key: str) -> RecordVersion | None:
    # a damaged file is said, and the page stands on what the review published until it is given again
    try:
        desk().records(key)
        return desk().record_version(key)
    except AnalysisError as problem:
        wording.warning(str(problem))
        return None


def _path() -> Path:
    return desk().store.path


def _guarded(draw_it: Callable[[RecordKind], None], kind: RecordKind) -> None:
    """Draw one part of the fold; what cannot be done is its sentence."""
    try:
        draw_it(kind)
    except AnalysisError as problem:
        wording.info(str(problem))


def _folder(kind: RecordKind) -> str:
    return f"{kind.title}: template, upload, versions"


def _say(kind: RecordKind, sentence: str) -> None:
    if filters.in_meeting() and screens.shows(screens.WHERE):
        return  # the screen before, of the same page, has said it
    st.html(f'<p class="said"><strong>{kind.title}.</strong> {encoded.html_text(sentence)}</p>')


def _asked_for_simulated(kind: RecordKind, sentence: str) -> bool:
    _say(kind, sentence)
    picked: bool = wording.toggle(
        f"Show invented records instead ({kind.title.lower()})",
        key=f"simulated_{kind.key.replace('-', '_')}",
        bind="query-params",
        help="Simulated rows, marked as such, to see what this page does with records.",
    )
    return picked


def _how_to_give() -> str:
    """Return what to do where none are held, for whoever may do it."""
    may = access.visitor().may(Action.KEEP_RECORDS) and not filters.in_meeting()  # whose pages have no foot
    return " Give them at the foot of the page." if may else ""


def _explain(kind: RecordKind) -> None:
    words = [
        f"Each row is {kind.row}. Needed: {', '.join(c.heading.lower() for c in kind.required)}.",
        *kind.notes,
    ]
    words.append(
        "Columns that the template does not have are not taken in, and are named. Leave out names of persons."
    )
    st.html(f'<p class="said">{encoded.html_text(" ".join(words))}</p>')
    csv, excel = _templates(kind.key)
    one, two, _ = st.columns([1, 1, 2])
    with one:
        _offer(kind, "Template (CSV)", csv, "csv", "text/csv")
    with two:
        sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        _offer(kind, "Template (Excel)", excel, "xlsx", sheet)


def _offer(kind: RecordKind, label: str, content: bytes, suffix: str, mime: str) -> None:
    wording.download_button(
        label,
        content,
        file_name=encoded.file_name(f"{kind.key}-template", suffix),
        mime=mime,
        key=f"template-{kind.key}-{suffix}",
        on_click="ignore",
    )


def _upload(kind: RecordKind) -> None:
    visitor = access.visitor()
    if not visitor.may(Action.KEEP_RECORDS):
        draw.text(visitor.why)
        return
    make_ready()
    held = versions(_path(), kind.key)
    # numbers in the key empty the box once a file has become a version, or was refused
    turn = max((version.version for version in held), default=0)
    refusals, said = st.session_state.get(f"refused-{kind.key}", (0, ""))
    file = wording.file_uploader(
        f"{kind.title}: a filled-in template, CSV or Excel",
        type=["csv", "xlsx"],
        key=f"upload-{kind.key}-{turn}-{refusals}",
        max_upload_size=LARGEST_FILE // 1_000_000,
    )
    if file is None:
        if said:
            wording.info(said)
        return
    st.session_state[f"refused-{kind.key}"] = (refusals, "")
    try:
        report = _report_of(kind, file)
    except RefusedError as problem:
        let_go_of([file])
        st.session_state[f"refused-{kind.key}"] = (refusals + 1, str(problem))
        st.rerun()
    _report(report)
    report = _places_asked(kind, report, turn)
    last_day = wording.date_input(
        "Delete these records after (may be left empty)",
        value=None,
        min_value=dt.date.today(),
        key=f"delete-after-{kind.key}-{turn}",
        format="YYYY-MM-DD",
        help="On the day after, this version and those before it are deleted for good.",
        width=320,
    )
    draw.text("Nothing is kept yet. What was held stays as it is until you keep the file.")
    places = _places_left(report) if kind.key == PATROL_LOG else ()
    if lost := thinned_sentence(places):
        wording.warning(lost)
    asked = bool(report.unknown_places)
    if asked:
        draw.text("Say above what each unknown name means; then the file can be kept.")
    if wording.button(
        f"Keep this {kind.title.lower()}", key=f"keep-{kind.key}-{turn}", type="primary", disabled=asked
    ):
        kept = permitted.keep_records(access.visitor(), _path(), report, last_day, places=places)
        let_go_of([file])
        _done(kind, f"Kept and in use as version {kept.version}: {report.summary}")


def _report_of(kind: RecordKind, file: UploadedFile) -> RecordsReport:
    """Return what a file holds, read once: a page is run anew at every click. RefusedError where it is refused."""
    content = file.getvalue()
    known, today = known_places(_path()), dt.date.today()
    key = (kind.key, file.name, sha256(content).digest(), known, today)

    def read() -> RecordsReport:
        with wording.spinner("Reading the file…"):
            return read_bounded(kind.key, file.name, content, today=today, known_places=known)

    return _reports.get(key, read)


def _places_asked(kind: RecordKind, report: RecordsReport, turn: int) -> RecordsReport:
    """Ask what is meant by each name that no known place bears; what is answered is no longer unknown."""
    unknown = report.unknown_places
    names: dict[str, str] = {}
    taken: set[str] = set()
    known = known_places(_path()) if unknown else ()
    for place in unknown[:MOST_ASKED]:
        mark = sha256(f"{place.heading} {place.name}".encode()).hexdigest()[:12]
        others = [name for name in known if name not in place.suggestions]
        answer = wording.selectbox(
            place.question,
            [*place.suggestions, AS_IT_STANDS, *others],
            index=None,
            key=f"place-{kind.key}-{turn}-{mark}",
            placeholder="Choose what is meant",
        )
        if answer == AS_IT_STANDS:
            taken.add(place.name)
        elif answer is not None:
            names[place.name] = answer
    if rest := unknown[MOST_ASKED:]:
        said = f"Take {counted(len(rest), 'other unknown name')} as they stand"
        if wording.toggle(said, key=f"places-{kind.key}-{turn}"):
            taken |= {place.name for place in rest}
    return replace(
        report.with_places(names),
        unknown_places=tuple(each for each in unknown if each.name not in {*names, *taken}),
    )


def _done(kind: RecordKind, sentence: str) -> None:
    """Say in the next run, where the reader is looking, what was done."""
    st.session_state[f"done-{kind.key}"] = sentence
    st.rerun()


def _say_done(kind: RecordKind) -> None:
    if sentence := st.session_state.pop(f"done-{kind.key}", ""):
        wording.success(sentence)
        announcer.finished(sentence)


def _go_back(kind: RecordKind) -> None:
    """Offer to put the version before the one in use back, in one click."""
    held = versions(_path(), kind.key)
    used = next((version.version for version in held if version.current), 0)
    before = next((version for version in held if version.version < used), None)
    if before is None or not access.visitor().may(Action.PUT_BACK_RECORDS):
        return
    rows = f", {counted(before.rows, 'row')}" if kind.rows_said else ""
    if wording.button(
        f"Go back to version {before.version} ({before.file_name}{rows})",
        key=f"go-back-{kind.key}",
    ):
        permitted.put_back(access.visitor(), _path(), kind.key, before.version)
        _done(kind, f"Version {before.version} ({before.file_name}) is in use again.")


def _places_left(report: RecordsReport) -> tuple[PlacesLeft, ...]:
    """Return how many similar places each change on the screen would keep with this log in use."""
    case = filters.case()
    return change.places_left(case, desk().with_log(case, report.accepted))


def _report(report: RecordsReport) -> None:
    lines = [report.summary, *report.sentences]
    st.html("".join(f'<p class="said">{encoded.html_text(line)}</p>' for line in lines))
    if len(report.refused):
        draw.part(refused_table(report.kind.title, report.refused))
    if len(report.unread):
        draw.part(unread_table(report.kind.title, report.unread))


def _versions(kind: RecordKind) -> None:
    path = _path()
    held = {version.version: version for version in versions(path, kind.key)}
    if not held:
        return
    draw.part(versions_table(kind.title, held.values(), rows_said=kind.rows_said))
    chosen = wording.selectbox(
        f"Version of the {kind.title.lower()}",
        list(held),
        key=f"version-{kind.key}",
        width=320,
        required=True,
    )
    one, two, three = st.columns(3)
    with one:
        may = access.visitor().may(Action.PUT_BACK_RECORDS)
        if wording.button(
            "Put this version in use", key=f"back-{kind.key}", disabled=held[chosen].current or not may
        ):
            permitted.put_back(access.visitor(), path, kind.key, chosen)
            _done(kind, f"Version {chosen} ({held[chosen].file_name}) is in use again.")
    removes = access.visitor().may(Action.REMOVE_RECORDS)
    with two, wording.popover("Remove for good…", key=f"removal-{kind.key}", disabled=not removes):
        st.html(f'<p class="said">Version {chosen} cannot be brought back once it is removed.</p>')
        if wording.button(f"Remove version {chosen} for good", key=f"remove-{kind.key}"):
            permitted.remove(access.visitor(), path, kind.key, chosen)
            desk().forget_records()
            forget()
            _reports.clear()
            _done(kind, f"Version {chosen} is removed for good.")
    with three:
        _held_download(kind)


def _held_download(kind: RecordKind) -> None:
    if desk().record_version(kind.key) is None or not access.visitor().may(Action.DOWNLOAD_RECORDS):
        return
    # asked again when the button is pressed, in another thread: a name may have lost its role by then
    ask, path = access.standing(), _path()
    wording.download_button(
        "Download the records in use",
        lambda: permitted.download_records(ask(), path, kind.key),
        file_name=encoded.file_name(kind.key, "csv"),
        mime="text/csv",
        key=f"held-{kind.key}",
        on_click="ignore",
        help="In the template’s own form, so that they can be corrected and given again.",
    )


@st.cache_resource(max_entries=20, show_spinner=False)
def _templates(key: str) -> tuple[bytes, bytes]:
    return template_csv(key), template_excel(key)
