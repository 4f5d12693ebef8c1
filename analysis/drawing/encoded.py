"""Text from outside on its way out: one function for each interpreter that will read it, and nobody has a second.

What files, links, settings and people's names say is text to every reader of it: no link, picture, formula, directive
or rule. Each function takes any text and gives back text that its interpreter shows as it was written; what cannot be
seen (control and formatting characters) goes, since it could only mislead. How long a name may be is decided where it
is given (`analysis.model.names`); nothing is cut here but the names of files and lines of logs.
"""

from __future__ import annotations

import html
import re
import unicodedata

from analysis.model.areas import key_of
from analysis.records.tidying.cells import FORMULA_STARTS

JOINER = "\N{WORD JOINER}"
"""Seen by no reader, and no part of an address, a short name of a picture or a directive: it parts what would be one."""

LONGEST_FILE_NAME = 100
LONGEST_LOG_LINE = 500
LONGEST_CELL = 32_767
"""Excel's own limit."""

_MARKED = re.compile(r"([\\`*_\[\]<>$~]|&(?=#|\w)|!(?=\[))")
"""What begins or ends a mark anywhere in Markdown as Streamlit reads it: GitHub's form, TeX and directives."""
_AT_START = re.compile(r"\A(?:([-+#=:])|(\d{1,9})([.)]))")
"""What makes a list, a heading or a rule of a line at its start."""
_ADDRESS = re.compile(r"(https?|ftp|mailto|xmpp|www)(?=[:.])", re.IGNORECASE)
_SHORT_NAME = re.compile(r":(?=[A-Za-z]|[\w+\-/]+:)")
_MAIL = re.compile(r"(?<=[\w.+\-])@")

_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What no browser draws and what would turn the letters round; the rest of formatting characters do neither."""

_PLAIN_NUMBER = re.compile(r"[+-]?(?:\d[\d,]*)?\.?\d+(?:e[+-]?\d+)?%?\Z", re.ASCII | re.IGNORECASE)
_NOT_IN_WORKBOOKS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEETS = re.compile(r"[^\w ,.:;()%+\-–−’£]|_")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_LATER_CELL = re.compile(rf"([,;\t|]\s*)(?=[{re.escape(FORMULA_STARTS)}])")
_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
_STARTS = tuple(FORMULA_STARTS)


def plain(text: object) -> str:
    """Return the text on one line without what cannot be seen, for whoever reads no marks (a list's entries)."""
    line = str(text)
    if line.isprintable():  # as nearly all are: nothing in it but letters, signs and spaces
        return line.strip(" ")
    return "".join(
        " " if each in "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029" else each
        for each in line
        if each.isspace() or unicodedata.category(each) not in {"Cc", "Cf", "Cs"}
    ).strip("\t\n\r ")


def markdown(text: object) -> str:
    """Return what Streamlit's Markdown shows as this text, on one line: no link, picture, heading, colour or formula.

    A web or mail address is made a link after all escapes are read, so it is parted by a character that is not seen.
    """
    # read in this order: the escapes add none of the signs that are looked for after them
    line = _MARKED.sub(r"\\\1", plain(text))
    line = _AT_START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\{m[3]}", line)
    line = _ADDRESS.sub(rf"\1{JOINER}", line)
    line = _SHORT_NAME.sub(f":{JOINER}", line)
    return _MAIL.sub(f"{JOINER}@", line)


def html_text(text: object) -> str:
    """Return what HTML shows as this text, in an element or in a quoted attribute, its letters in their own order."""
    return html.escape(_UNSEEN.sub("", str(text)))


def css_string(text: object) -> str:
    """Return what a style sheet shows as this text between double quotes: it can end neither string nor sheet."""
    return _NOT_IN_SHEETS.sub(lambda match: f"\\{ord(match[0]):x} ", str(text).replace("\0", ""))


def deck_text(text: object) -> str:
    """Return what deck.gl shows as this text: its JSON takes any text that begins with @@ for a directive."""
    shown = plain(text)
    return f"@{JOINER}{shown[1:]}" if shown.startswith("@@") else shown


def picture_text(text: object) -> str:
    """Return what a picture's letters can be made of; a letter that the font lacks is drawn as its box."""
    given = str(text)
    if given.isprintable():
        return given
    return "".join(
        each for each in given if each == "\n" or unicodedata.category(each) not in {"Cc", "Cf", "Cs"}
    )


def slide_text(text: object) -> str:
    """Return what a slide shows as this text, on one line: XML has no place for control characters and for non-characters."""
    return _NOT_IN_WORKBOOKS.sub("", plain(text))


def cell(text: str) -> str:
    """Return what a spreadsheet shows as this text, from CSV or in a workbook; a number in letters stays one.

    A cell that begins with =, +, - or @ (or a tab or line break before one) is run as a formula, so it gets an
    apostrophe in front. (OWASP, CSV Injection.)
    """
    written = _NOT_IN_WORKBOOKS.sub("", text)
    if _PLAIN_NUMBER.match(written):
        return written
    return f"'{written}" if written.startswith(_STARTS) or written.lstrip().startswith(_STARTS) else written


def sheet_text(text: object) -> str:
    """Return what a cell of a pack's CSV shows as this text: as `cell`, without what turns letters round."""
    return cell(workbook_text(text))


def workbook_text(text: object) -> str:
    """Return what a cell of a workbook that is written as text shows, without what turns letters round.

    Such a cell runs nothing, whatever it begins with; `quoted` says which must stay text when somebody edits them. Longer
    text than a cell can hold is cut, with an ellipsis at its end.
    """
    written = _UNSEEN.sub("", _NOT_IN_WORKBOOKS.sub("", str(text)))
    return written if len(written) <= LONGEST_CELL else f"{written[: LONGEST_CELL - 1]}…"


def quoted(text: str) -> bool:
    """Return whether a spreadsheet would run this text, were it typed in."""
    return text.startswith(_STARTS) or text.lstrip().startswith(_STARTS)


def json_in_html(text: str) -> str:
    """Return JSON that may stand in a ``script`` of HTML: no letters in it can end the element or begin a comment."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def heading_line(text: object) -> str:
    """Return a line that stands above a CSV table as a comment, ``# `` in front and all on one line.

    It is not quoted, for a reader knows a comment by its first character; so a comma in it begins a cell to a
    spreadsheet, and a quotation mark could swallow the rows below.
    """
    line = plain(text).replace('"', "”")
    return f"# {_LATER_CELL.sub(lambda m: m[1] + chr(39), line)}"


def sheet_name(text: str) -> str:
    """Return the name of a workbook's sheet: Excel's 31 characters, none of its signs, no apostrophe at an end."""
    return _SHEET_NAME.sub(" ", _NOT_IN_WORKBOOKS.sub("", plain(text)))[:31].strip("' ") or "Sheet"


def file_name(title: str, suffix: str) -> str:
    """Return the name of a file to take away: small letters, digits and hyphens, and no name that a system keeps."""
    stem = key_of(title)[:LONGEST_FILE_NAME].strip("-") or "table"
    return f"{stem}-table.{suffix}" if stem in _RESERVED else f"{stem}.{suffix}"


def log_line(text: object) -> str:
    """Return one line for a log: no line break to make a second, and no longer than `LONGEST_LOG_LINE`."""
    line = plain(text)
    return line if len(line) <= LONGEST_LOG_LINE else f"{line[: LONGEST_LOG_LINE - 1]}…"
