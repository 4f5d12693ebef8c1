"""All that is held as one file on the screen: taken away, and put back, by the owner."""

from __future__ import annotations

import tempfile
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from analysis.drawing import encoded
from analysis.model.errors import AnalysisError, RefusedError
from data import jobs, permitted
from data.access import Action
from data.store import open_store
from pages.frame import access, draw, wording
from pages.frame.asking import desk
from pages.frame.server.streamlit_inside import let_go_of
from pages.frame.your_data import LARGEST_MB

_SAID, _DONE, _TURN = "backup-said", "backup-done", "backup-turn"

WHAT = (
    "It holds months, boundaries, town centres, areas, names and the office’s records with their versions, and the log. "
    "Whoever has the file can read the records."
)
INSTEAD = (
    "All of the file is checked before anything held is touched. Then it takes the place of everything that is held here, "
    "records removed since among it."
)


def offer() -> None:
    """Offer to take a back-up away, and to put one back; tell others who can."""
    visitor = access.visitor()
    if not visitor.may(Action.BACK_UP):
        wording.caption(
            "Whoever has the role “owner” can back up and restore, here or by python -m data backup."
        )
        return
    if said := st.session_state.pop(_SAID, ""):
        (wording.success if st.session_state.pop(_DONE, False) else wording.warning)(said)
    if not desk().simulated:
        _take_away()
    _put_back()


def _take_away() -> None:
    draw.text(WHAT)
    path, standing = open_store().path, access.standing()

    def make() -> bytes:
        # in another thread, when the button is pressed: who presses it is asked anew
        with tempfile.TemporaryDirectory(prefix=jobs.GIVEN, dir=path.parent) as folder:
            file = Path(folder) / "backup.zip"
            permitted.back_up(standing(), path, file)
            if file.stat().st_size > LARGEST_MB * 2**20:
                raise RefusedError(
                    f"The back-up has more than {LARGEST_MB} MB, too many for a browser. Make it with: python -m data backup FILE"
                )
            return file.read_bytes()

    wording.download_button(
        "Back up all that is held",
        make,
        file_name="safe-town-centres-backup.zip",
        mime="application/zip",
        key="back-up",
        on_click="ignore",
    )


def _put_back() -> None:
    draw.text(INSTEAD)
    file: UploadedFile | None = wording.file_uploader(
        f"A back-up made here (.zip): up to {LARGEST_MB} MB; larger ones by python -m data restore FILE",
        type=["zip"],
        key=f"backup-file-{st.session_state.get(_TURN, 0)}",
        max_upload_size=LARGEST_MB,
    )
    if file is not None:
        wording.button(
            "Put it in the place of all that is held", key="put-back", on_click=_restore, args=(file,)
        )


def _restore(file: UploadedFile) -> None:
    """Put a back-up back (a button's callback); what is refused is said, and nothing is changed."""
    path = open_store().path
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=jobs.GIVEN, dir=path.parent) as folder:
            given = Path(folder) / encoded.file_name(Path(file.name).stem, "zip")  # what is said names it
            given.write_bytes(file.getbuffer())
            let_go_of([file])
            report = permitted.restore(access.visitor(), path, given)
    except AnalysisError as problem:
        st.session_state[_SAID] = str(problem)
    except OSError as problem:
        st.session_state[_SAID] = (
            f"The file cannot be written beside the store ({problem.strerror}). Check its folder and the space left; what is "
            "held is unchanged."
        )
    else:
        st.session_state[_SAID], st.session_state[_DONE] = report.sentence, True
