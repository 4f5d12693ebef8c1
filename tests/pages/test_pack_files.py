"""The files of a pack: every number in them is that of its part, hostile names are text, the same inputs give the same bytes."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import openpyxl
import pandas as pd
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.drawing import encoded
from analysis.drawing.answer import Text
from analysis.drawing.figure import Table
from analysis.model import formats
from analysis.model.errors import RefusedError
from analysis.model.small_base import without_small
from data.desk import Desk
from data.store import open_store
from pages.pack import csv_files, html_page, making, manifest, pdf, pictures, plain, stills, workbook
from pages.pack.build import build
from pages.pack.command import main
from pages.pack.contents import NamedPart
from pages.pack.making import Making, make
from pages.pack.verifying import verify
from tests import hostile
from tests.conftest import PROJECT

ARTEFACTS = PROJECT / "tests" / "artefacts"
MOMENT = "1767225600"


@pytest.fixture(scope="module", autouse=True)
def moment():
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(manifest.EPOCH, MOMENT)
        yield


@pytest.fixture(scope="module")
def real_desk(real_store):
    return Desk(real_store)


@pytest.fixture(scope="module")
def contents(real_desk):
    """Chapters with every sort of part, over the real months."""
    pages = ("overview", "hotspots", "retail_crime", "high_crime")
    return build(real_desk, real_desk.default_selection("cleveland"), pages)


@pytest.fixture(scope="module")
def written(contents, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack")
    workbook.write(contents, folder / "pack.xlsx")
    csv_files.write(contents, folder / "csv")
    html_page.write(contents, folder / "pack.html")
    return folder


@pytest.fixture(scope="module")
def hostile_contents(demonstration_store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile-pack") / "store"
    shutil.copytree(demonstration_store.path, folder)
    store = open_store(folder)
    hostile.fill(store)
    desk = Desk(store)
    chosen = desk.default_selection("cleveland")
    areas = (
        *chosen.areas,
        *(key for key, area in desk.menu_areas("cleveland").items() if area.kind == "own"),
    )
    return build(desk, replace(chosen, areas=areas), ("overview", "hotspots", "retail_crime", "nte"))


class Page(HTMLParser):
    """The elements of a page, its words, and the cells of its tables in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements, self.words, self.cells, self._cell, self._quiet = [], [], [], None, False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._quiet = tag in ("style", "script")
        if tag in ("td", "th"):
            self._cell = []

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self._cell is not None:
            self.cells.append("".join(self._cell).replace("\N{NO-BREAK SPACE}", " "))
            self._cell = None
        self._quiet = False

    def handle_data(self, data):
        if not self._quiet:
            self.words.append(data)
        if self._cell is not None:
            self._cell.append(data)


def read(path) -> str:
    """Return a CSV file's text with its line ends as they are."""
    return path.read_bytes().decode("utf-8-sig")


def spelled(cell) -> str:
    """Return a cell of a workbook as a spreadsheet shows it, by the formats that the pack uses."""
    if isinstance(cell.value, str):
        return cell.value
    value, shape = cell.value, cell.number_format
    part = shape.split(";")[-1 if value < 0 else 0].replace('"', "")
    sign = part[:1] if part[:1] in "+−-" else ""
    body = part.removeprefix(sign)
    percent = body.endswith("%")
    places = len(body.rstrip("%").partition(".")[2])
    size = abs(value * 100 if percent else value)
    text = f"{size:,.{places}f}" if "," in body else f"{size:.{places}f}"
    return f"{sign}{text}{'%' if percent else ''}"


@given(st.floats(-1e9, 1e9), st.integers(0, 3), st.sampled_from(["number", "signed", "percent"]))
def test_a_number_as_text_is_the_same_number_in_a_cell_and_shown_as_it_was_written(value, places, kind):
    text = getattr(formats, kind)(value, places)
    number = plain.typed(text)
    assert number is not None
    book = openpyxl.Workbook()
    cell = book.active.cell(1, 1, number[0])
    cell.number_format = number[1]
    assert spelled(cell) == text


@pytest.mark.parametrize(
    "text", ["002E", "0042", "1060:26:00", "–", "", "12345678901234567", "−0", "1,2", "3 of 4", "£135,633"]
)
def test_what_is_no_plain_number_stays_text(text):
    assert plain.typed(text) is None


def test_every_number_of_every_table_is_in_the_workbook_as_the_page_has_it(contents, written):
    book = openpyxl.load_workbook(written / "pack.xlsx")
    assert book.sheetnames[:4] == ["Cover", "Contents", "Notes", "Said in words"]
    placed = plain.tables(contents)
    assert len(placed) > 30
    for each in placed:
        sheet = next(book[name] for name in book.sheetnames if name.startswith(f"{each.number} "))
        assert not sheet.merged_cells.ranges
        [table] = sheet.tables.values()
        rows = [[spelled(cell) if cell.value is not None else "" for cell in row] for row in sheet[table.ref]]
        assert [list(map(workbook.encoded.workbook_text, row)) for row in each.table.rows] == rows[1:]
        assert rows[0] == workbook.unique_heads(each.table.heads)
        above = [sheet.cell(at, 1).value for at in range(1, sheet[table.ref][0][0].row)]
        assert above[0].startswith(workbook.encoded.workbook_text(each.table.title))
        assert each.named.whole is None or each.named.whole.line in above


def test_a_table_of_the_pack_is_that_of_its_part_word_for_word(contents):
    for each in plain.tables(contents):
        if isinstance(each.named.part, Table):
            shown = each.named.part.shown
            cells = [list(row)[each.table.names :] for row in each.table.rows]
            assert cells == [[str(cell) for cell in row] for row in shown.to_numpy().tolist()]


def test_full_precision_has_every_rounded_number_with_all_its_digits(contents, written):
    sheet = openpyxl.load_workbook(written / "pack.xlsx", read_only=True)["Full precision"]
    rows = [
        row
        for row in sheet.iter_rows(values_only=True)
        if isinstance(row[4] if len(row) > 4 else None, float)
    ]
    wanted = [
        value
        for each in plain.tables(contents)
        for *_, value in workbook.exact_numbers(each.table, show_small=False)
    ]
    # a workbook keeps sixteen digits
    assert [row[4] for row in rows] == pytest.approx(wanted, rel=1e-14)
    assert len(wanted) > 100


PERCENT = re.compile(r"percent_(change|low|high)|percent (change|low|high)", re.IGNORECASE)


def test_no_percentage_on_a_base_under_50_is_in_any_sheet_or_file(contents, written):
    assert not contents.facts.show_small
    exact = {
        (row[0], row[1], row[3])
        for row in openpyxl.load_workbook(written / "pack.xlsx", read_only=True)["Full precision"].iter_rows(
            values_only=True
        )
        if len(row) > 4
    }
    small = 0
    for each in plain.tables(contents):
        data = each.table.data
        if data is None or "baseline_incidents" not in data.columns:
            continue
        sheet = encoded.sheet_name(f"{each.number} {each.chapter.name}")
        names = [name for name in data.columns if PERCENT.match(str(name))]
        at = {name: list(data.columns).index(name) for name in names}
        body = [
            line
            for line in read(written / "csv" / csv_files.file_name(each)).split("\r\n")
            if line[:2] != "# "
        ]
        rows = list(csv.reader(io.StringIO("\r\n".join(body), newline="")))[1:]
        for row in range(len(data)):
            if data["baseline_incidents"].iloc[row] < 50:
                small += len(names)
                assert not any((sheet, row + 1, name) in exact for name in names)
                if each.table.drawn:
                    assert {rows[row][at[name]] for name in names} <= {formats.MISSING, "hidden"}
    assert small > 100


def test_a_published_figure_is_held_against_no_percentage_on_a_base_under_50(contents):
    check = contents.chapter("overview").get("cells").data
    small = check["base"] < 50
    assert small.any()
    assert check.loc[small, "recomputed"].isna().all()
    assert check.loc[~small & check["base"].notna(), "recomputed"].notna().all()
    assert check.loc[check["cell"].isin(["baseline", "comparison", "difference"]), "recomputed"].notna().any()


def test_numbers_lose_percentages_on_a_small_base_and_keep_all_others():
    data = pd.DataFrame(
        {
            "baseline_incidents": [49.0, 50.0],
            "percent_change": [10.2, 10.2],
            "percent_low": [1.5, 1.5],
            "district_percent_change": [3.3, 3.3],
            "rest_baseline_incidents": [500.0, 12.0],
            "rest_percent_change": [4.4, 4.4],
        }
    )
    kept = without_small(data)
    assert kept["percent_change"].tolist()[1:] == [10.2]
    assert kept.isna().to_numpy().tolist() == [
        [False, True, True, False, False, False],
        [False, False, False, False, False, True],
    ]


@pytest.mark.parametrize(
    ("percent", "counts", "shown"), [("−20%", "60 → 48", "−20%"), ("", "9 → 4", "hidden"), ("", "9 → –", "–")]
)
def test_a_change_on_the_board_is_hidden_on_a_small_base_and_a_dash_where_a_count_is_missing(
    contents, percent, counts, shown
):
    board = contents.chapter("overview").get("board")
    cell = replace(board.cells[0][0], percent=percent, counts=counts)
    assert plain.plain_table(replace(board, cells=((cell,),))).rows[0][4] == shown


def test_every_number_of_every_table_is_in_its_csv_file(contents, written):
    for each in plain.tables(contents):
        text = read(written / "csv" / csv_files.file_name(each))
        body = "\r\n".join(line for line in text.split("\r\n") if not line.startswith("# "))
        rows = list(csv.reader(io.StringIO(body, newline="")))
        assert rows[1:] == [[csv_files.cell_text(cell) for cell in row] for row in each.table.rows]
        table = pd.read_csv(io.StringIO(body), dtype=str, keep_default_na=False)
        assert len(table) == len(each.table.rows)


def test_every_number_of_every_table_is_in_the_page(contents, written):
    page = Page((written / "pack.html").read_text(encoding="utf-8"))
    text, at = "\0".join(page.cells), 0
    seen = set()
    for chapter in contents.chapters:
        for section, named in chapter.named():
            part = named.part
            if isinstance(part, Table) and not (
                section.key == "certificate" and plain.certificate_key(part) in seen
            ):
                for row in part.shown.to_numpy().tolist():
                    line = "\0".join(str(cell) for cell in row)
                    found = text.find(line, at)
                    assert found >= 0, (chapter.key, named.name, row)
                    at = found + len(line)
            seen.add(plain.certificate_key(part))
    words = " ".join("".join(page.words).split())
    for _, _, _, sentence in plain.sentences(contents):
        assert " ".join(sentence.split()) in words
    for chapter in contents.chapters:
        for _, named in chapter.named():
            if named.whole is not None and not isinstance(named.part, Text):
                assert named.whole.line in words


def test_the_page_needs_no_network_and_runs_nothing(written):
    page = Page((written / "pack.html").read_text(encoding="utf-8"))
    kinds = {tag for tag, _ in page.elements}
    assert not kinds & {"link", "iframe", "object", "form"}
    assert {attrs["type"] for tag, attrs in page.elements if tag == "script"} == {"application/json"}
    assert all(
        attrs["src"].startswith("data:image/") and attrs["alt"]
        for tag, attrs in page.elements
        if tag == "img"
    )
    assert all(
        attrs["href"].startswith("#") for tag, attrs in page.elements if tag == "a" and "href" in attrs
    )
    assert sum(tag == "img" for tag, _ in page.elements) >= 8


def test_hostile_names_are_text_in_the_page(hostile_contents):
    page = Page(html_page.page(hostile_contents))
    words = "".join(page.words)
    for name in hostile.NAMES[2:]:
        assert name in words
    assert not [
        attrs for tag, attrs in page.elements if tag == "img" and not attrs["src"].startswith("data:image/")
    ]
    assert all(not key.startswith("on") for _, attrs in page.elements for key in attrs)
    assert "simulated" in words


def test_hostile_names_are_text_in_workbook_and_csv(hostile_contents, tmp_path):
    workbook.write(hostile_contents, tmp_path / "pack.xlsx")
    book = openpyxl.load_workbook(tmp_path / "pack.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(
        cell.style.quotePrefix if hasattr(cell.style, "quotePrefix") else cell.quotePrefix
        for cell in cells
        if str(cell.value).startswith(("=", "+", "@"))
    )
    assert all(cell.hyperlink is None or cell.hyperlink.location for cell in cells)
    assert any("evil.example" in str(cell.value) for cell in cells)
    assert all(
        "DEMONSTRATION DATA" in " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=9))
        for sheet in book
    )
    csv_files.write(hostile_contents, tmp_path / "csv")
    for path in (tmp_path / "csv").glob("*.csv"):
        text = read(path)
        assert "DEMONSTRATION DATA" in text
        body = "\r\n".join(line for line in text.split("\r\n") if not line.startswith("# "))
        for row in csv.reader(io.StringIO(body, newline="")):
            for cell in row:
                number = re.fullmatch(r"[+-]?[\d.]+%?", cell)
                assert number or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_marks_that_turn_letters_round_leave_no_format(contents, tmp_path):
    turned = "evil\u202egnp.exe\u2066 =1+1"
    chapter = contents.chapters[0]
    section = replace(
        chapter.sections[0],
        parts=(NamedPart("said", Text(turned)),),
        said=(turned,),
        leads=((turned, turned),),
    )
    made = replace(contents, chapters=(replace(chapter, sections=(section,), notes=(turned,)),), body=turned)
    workbook.write(made, tmp_path / "pack.xlsx")
    csv_files.write(made, tmp_path / "csv")
    with zipfile.ZipFile(tmp_path / "pack.xlsx") as packed:
        texts = [packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml")]
    texts += [path.read_text(encoding="utf-8") for path in (tmp_path / "csv").glob("*.csv")]
    page = html_page.page(made).partition('<script type="application/json"')[0]
    for text in (*texts, page):
        assert not {"\u202e", "\u2066"} & set(text)
    assert any("gnp.exe" in text for text in texts)


def test_the_same_contents_give_the_same_bytes(contents, tmp_path):
    small = replace(contents, chapters=contents.chapters[:2])
    for name in ("one", "two"):
        pictures.forget()
        workbook.write(small, tmp_path / f"{name}.xlsx")
        html_page.write(small, tmp_path / f"{name}.html")
    for suffix in ("xlsx", "html"):
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_a_desk_of_its_own_gives_the_same_manifest_and_two_packs_the_same_zip(real_store, tmp_path):
    how = Making(("perceptions",), ("xlsx", "csv", "html"), zipped=True)
    for name in ("one", "two"):
        desk = Desk(real_store)
        make(desk, desk.default_selection("cleveland"), tmp_path / name, how)
    assert (tmp_path / "one" / making.ZIP).read_bytes() == (tmp_path / "two" / making.ZIP).read_bytes()


def test_the_manifest_says_what_a_pack_rests_on(contents):
    values = contents.manifest
    assert values["selection"]["baseline"] == "2022-07:2023-06"
    assert next(area["codes"] for area in values["areas"] if area["name"] == "Thornaby Town Centre") == [
        "E01012284"
    ]
    street = [each for each in values["months"] if each["kind"] == "street"]
    assert len(street) == 23 and all(re.fullmatch(r"[0-9a-f]{64}", each["sha256"]) for each in street)
    assert values["made"] == "2026-01-01T00:00:00+00:00"
    assert values["coverage"][0].startswith("How whole the data are")
    assert values["rules"]["stats/verdict.py"]["values"]["MIN_INCIDENTS"] == "20"
    assert not re.search(r"/(home|tmp|work|Users)/", manifest.text(values))


def aged(pack, **changes):
    """Rewrite the manifest of a pack as if it had been made from something else."""
    path = pack / manifest.NAME
    values = json.loads(path.read_text(encoding="utf-8"))
    for name, change in changes.items():
        change(values[name])
    path.write_text(json.dumps(values), encoding="utf-8")


@pytest.fixture(scope="module")
def small_pack(real_desk, tmp_path_factory):
    out = tmp_path_factory.mktemp("small") / "pack"
    make(
        real_desk,
        real_desk.default_selection("cleveland"),
        out,
        Making(("high_crime",), ("xlsx", "csv", "html"), zipped=True),
    )
    return out


def test_a_pack_of_the_same_months_is_as_it_was_in_each_of_its_forms(real_desk, small_pack):
    forms = [small_pack, small_pack / making.ZIP, *small_pack.glob("*.xlsx"), *small_pack.glob("*.html")]
    assert len(forms) == 4
    for form in forms:
        verified = verify(real_desk, form)
        assert (verified.changed, verified.why) == ((), ())


def test_a_revised_month_and_a_changed_rule_are_named_by_their_own_words(real_desk, small_pack, tmp_path):
    pack = shutil.copytree(small_pack, tmp_path / "pack")
    name = next((pack / "csv").glob("*-ranking.csv"))
    text = read(name)
    row = next(line for line in text.split("\r\n") if line.startswith("1,Middlesbrough 001G"))
    rank, place, figure, *rest = row.split(",")
    name.write_text(
        "\ufeff" + text.replace(row, ",".join([rank, place, "999999", *rest])), encoding="utf-8", newline=""
    )

    def month(months):
        january = next(each for each in months if each["month"] == "2023-01" and each["kind"] == "street")
        january["sha256"], january["rows"], january["release"] = "0" * 64, 7000, "2024-08"

    def rule(rules):
        rules["stats/verdict.py"]["code"] = "before"
        rules["stats/verdict.py"]["values"]["RANK_SHARE"] = "0.2"

    def part(parts):
        key = next(key for key in parts if key.endswith("/ranking"))
        parts[key] = "before"

    aged(pack, months=month, rules=rule, parts=part)
    verified = verify(real_desk, pack)
    assert not verified.same
    assert any(
        each.endswith(f"999999 then, {figure} now.") and "High-crime" in each for each in verified.changed
    )
    assert (
        "January 2023 (street) was revised: 7,000 rows then, 7,663 now, release 2024-08 then and not named now."
        in verified.why
    )
    [rule_changed] = [each for each in verified.why if each.startswith("The rule")]
    assert "The verdict in words" in rule_changed and "RANK_SHARE was 0.2 and is 0.1" in rule_changed
    assert main(["--store", str(real_desk.store.path), "--verify", str(pack)]) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"[1]"),
        ("a.zip", b"no zip"),
        ("a.xlsx", b"PK"),
        ("a.html", b"<p>"),
        ("manifest.json", b'{"form": 9}'),
    ],
)
def test_a_file_that_is_no_pack_is_refused_in_a_sentence_that_names_it(real_desk, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RefusedError, match=rf"^{name} "):
        verify(real_desk, tmp_path / name)
    with pytest.raises(RefusedError, match=r"^absent "):
        verify(real_desk, tmp_path / "absent")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--only", "nowhere"], "“nowhere” is no page of the pack."),
        (["--format", "odt"], "“odt” is no format of the pack."),
        (
            ["--area", "Atlantis"],
            "“Atlantis” is no area of Cleveland Police. Choose among: Billingham Town Centre",
        ),
        (["--baseline", "last year"], "“last year” is not a month."),
        (["--template", "none.potx"], "none.potx is no file."),
        (["--force", "kent"], "kent"),
    ],
)
def test_each_fault_is_one_sentence_and_nothing_is_written(real_store, tmp_path, capsys, options, sentence):
    out = tmp_path / "out"
    assert main(["--store", str(real_store.path), "--out", str(out), *options]) == 2
    said = capsys.readouterr().err
    assert sentence in said and len(said.strip().split("\n")) == 1
    assert not out.exists()


@pytest.mark.parametrize(("field", "word"), [("areas", "area"), ("crime_types", "crime type")])
def test_a_pack_of_nothing_is_refused_in_a_sentence(real_desk, field, word):
    nothing = replace(real_desk.default_selection("cleveland"), **{field: ()})
    with pytest.raises(RefusedError, match=f"^No {word} is chosen"):
        build(real_desk, nothing, ("overview",))


def test_files_that_are_no_pack_stay_as_they_are(real_desk, tmp_path):
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(RefusedError, match="no pack, and they stay as they are"):
        make(real_desk, real_desk.default_selection("cleveland"), tmp_path, Making(("data",), ("csv",)))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_each_board_card_chart_and_map_is_a_picture_that_says_its_source(contents, tmp_path):
    small = replace(
        contents,
        chapters=tuple(each for each in contents.chapters if each.key in ("overview", "retail_crime")),
    )
    stills.write(small, tmp_path)
    from PIL import Image

    kinds = {path.stem.split("-", 1)[1]: Image.open(path).size for path in tmp_path.glob("*.png")}
    assert {"overview-first-board", "overview-where-map", "retail-crime-first-cards"} <= set(kinds)
    assert all(width >= 400 and height >= 200 for width, height in kinds.values())
    for path in tmp_path.glob("*-board.png"):
        ARTEFACTS.mkdir(exist_ok=True)
        shutil.copy(path, ARTEFACTS / "pack-board.png")
    for path in tmp_path.glob("*-cards.png"):
        shutil.copy(path, ARTEFACTS / "pack-cards.png")
    hostile_board = stills.board_svg(
        replace(contents, body="<script>x</script>"), contents.chapters[0].get("board")
    )
    assert "<script>" not in hostile_board and "police.uk" in hostile_board


def rendered(file, folder) -> list:
    """Return the pages of a PDF as pictures, the first twelve of them kept to be looked at."""
    document = pypdfium2.PdfDocument(file)
    images = [document[at].render(scale=1.1).to_pil() for at in range(min(len(document), 12))]
    ARTEFACTS.mkdir(exist_ok=True)
    for at, image in enumerate(images, 1):
        image.save(ARTEFACTS / f"{folder}-{at:02d}.png")
    return images


def test_the_page_prints_on_a4_and_its_text_is_there(contents, written, tmp_path):
    if pdf.browser() is None:
        pytest.skip("no Chromium is found, so no PDF can be printed")
    pdf.write(written / "pack.html", tmp_path / "pack.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "pack.pdf")
    assert {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document} == {(210, 297)}
    words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in document).split())
    assert "5 of 48 changes are more than ordinary ups and downs" in words
    assert len(rendered(tmp_path / "pack.pdf", "pack-page")) == 12


def test_the_workbook_opens_in_an_office_program(contents, written, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip(
            "no LibreOffice is found (soffice), so the workbook cannot be opened in an office program"
        )
    overview = contents.chapters[0]
    few = tuple(each for each in overview.sections if each.key in ("first", "slide"))
    small = replace(contents, chapters=(replace(overview, sections=few),))
    workbook.write(small, tmp_path / "pack-sheets.xlsx")
    command = [
        office,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run(
        [*command, str(tmp_path / "pack-sheets.xlsx")], check=True, capture_output=True, timeout=300
    )
    document = pypdfium2.PdfDocument(tmp_path / "pack-sheets.pdf")
    words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert "Outcomes: recorded incidents" in words and "#NAME" not in words and "###" not in words
    rendered(tmp_path / "pack-sheets.pdf", "pack-sheets")
