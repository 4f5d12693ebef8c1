"""The house holds: imports keep the contracts of pyproject.toml, analysis is pure, no script bypasses the frame."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from pages.frame import wording

PROJECT = Path(__file__).parents[1]

PACKAGES = ("analysis", "data", "pages")
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
    "contracts"
]
IMPURE = {
    "streamlit",
    "os",
    "pathlib",
    "time",
    "io",
    "sys",
    "subprocess",
    "socket",
    "random",
    "tempfile",
    "requests",
}
"""Files, clock, environment, network and unseeded chance: none of it is analysis."""

PAGE_WORDS = {"pandas", "numpy", "streamlit"}


def modules(folder: str) -> list[Path]:
    return sorted((PROJECT / folder).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Return the top-level names that a module imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def calls(path: Path) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


@pytest.fixture(scope="module")
def graph_cache(tmp_path_factory) -> str:
    """Where the imports of each file are kept between contracts, and never in the checkout."""
    return str(tmp_path_factory.mktemp("imports"))


@pytest.mark.parametrize(
    "contract",
    [contract["id"] for contract in CONTRACTS],
)
def test_the_imports_keep_this_contract(contract, graph_cache, monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    monkeypatch.syspath_prepend(str(PROJECT))
    broken = lint_imports(limit_to_contracts=(contract,), cache_dir=graph_cache, no_logo=True)
    assert not broken, capsys.readouterr().out


def test_a_contract_that_is_broken_is_seen(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    monkeypatch.syspath_prepend(str(PROJECT))
    upside_down = tmp_path / "upside_down.toml"
    upside_down.write_text(
        '[tool.importlinter]\nroot_packages = ["analysis", "data", "pages"]\n'
        '[[tool.importlinter.contracts]]\nname = "upside down"\ntype = "layers"\n'
        'layers = ["analysis", "data", "pages"]\n'
    )
    assert lint_imports(str(upside_down), no_cache=True, no_logo=True)
    printed = capsys.readouterr().out
    assert "data is not allowed to import analysis" in printed
    assert "pages is not allowed to import data" in printed


def test_analysis_touches_no_file_clock_environment_or_screen():
    wrong = {
        str(path.relative_to(PROJECT)): sorted(found)
        for path in modules("analysis")
        if (found := (imported(path) & IMPURE) | (calls(path) & {"print", "open", "input"}))
    }
    assert not wrong


def test_analysis_reads_no_clock_through_pandas_or_datetime():
    clocks = ("Timestamp.now(", "Timestamp.today(", "datetime.now(", "date.today(", "utcnow(")
    wrong = [
        str(path.relative_to(PROJECT))
        for path in modules("analysis")
        if any(clock in path.read_text(encoding="utf-8") for clock in clocks)
    ]
    assert not wrong


def test_no_script_lies_directly_in_pages():
    assert list((PROJECT / "pages").glob("*.py")) == []


def page_scripts() -> list[Path]:
    return [
        path
        for part in ("review", "explore", "about")
        for path in sorted((PROJECT / "pages" / part).glob("*.py"))
    ]


def is_fold(function: ast.FunctionDef) -> bool:
    """Whether a function is the content of a fold: run where the reader opened it, and taking and giving nothing."""
    folds = [
        isinstance(each, ast.Call) and ast.unparse(each.func) == "draw.fold"
        for each in function.decorator_list
    ]
    returns = any(isinstance(node, ast.Return) for node in ast.walk(function))
    return folds == [True] and not function.args.args and not returns


@pytest.mark.parametrize("script", page_scripts(), ids=lambda path: path.stem)
def test_a_page_is_prose(script):
    tree = ast.parse(script.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "a page begins with its question"
    assert not imported(script) & PAGE_WORDS
    wrong = [
        type(node).__name__
        for node in ast.walk(tree)
        if isinstance(node, ast.If | ast.Try | ast.For | ast.While | ast.BinOp | ast.ClassDef)
        or (isinstance(node, ast.FunctionDef) and not is_fold(node))
    ]
    assert not wrong
    assert len(script.read_text(encoding="utf-8").splitlines()) <= 105, "some ten folds at the most"


@pytest.mark.parametrize("folder", PACKAGES)
def test_no_code_swallows_every_error(folder):
    wrong = [
        f"{path.relative_to(PROJECT)}:{node.lineno}"
        for path in modules(folder)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
    ]
    assert not wrong


READS_NO_MARKDOWN = {
    "Page", "cache_data", "cache_resource", "column_config", "columns", "components", "container", "context",
    "dataframe", "empty", "fragment", "get_option", "html", "login", "logout", "navigation", "pydeck_chart",
    "query_params", "rerun", "secrets", "session_state", "set_page_config", "sidebar", "stop", "switch_page", "user",
    "vega_lite_chart",
}  # fmt: skip
"""What the frame may call of Streamlit itself. A call that reads Markdown, or one not yet looked at, is called by
`pages.frame.wording`, which encodes its words."""

WORDING = PROJECT / "pages" / "frame" / "wording.py"


def markdown_calls(tree: ast.AST) -> list[str]:
    """Return what of Streamlit a module calls that reads Markdown, or may."""
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "") == "streamlit":
            wrong += [
                alias.name
                for alias in node.names
                if alias.name not in {"config", "errors", "file_util", "runtime"}
            ]
        if not isinstance(node, ast.Attribute):
            continue
        receiver = ast.unparse(node.value)
        if receiver == "st" and node.attr not in READS_NO_MARKDOWN:
            wrong.append(f"{node.lineno}: st.{node.attr}")
    words = {
        *wording.SENTENCES,
        *wording.CHOICES,
        *wording.PAIRS,
        "markdown",
        "write",
        "metric",
        "link_button",
    }
    for node in ast.walk(tree):
        if (
            not isinstance(node, ast.Call)
            or not isinstance(node.func, ast.Attribute)
            or node.func.attr not in words
        ):
            continue
        receiver = ast.unparse(node.func.value)
        ours = receiver.startswith(("wording", "draw", "records", "login", "logging.getLogger", "encoded"))
        ours = ours or (receiver, node.func.attr) == ("link", "write")  # our address, not Streamlit's words
        is_title_of_text = node.func.attr == "title" and not node.args
        if not ours and not is_title_of_text and receiver != "st":
            wrong.append(f"{node.lineno}: {receiver}.{node.func.attr}")
    return wrong


PACK = PROJECT / "pages" / "pack"


def test_only_the_one_module_that_encodes_calls_what_reads_markdown():
    # the pack writes files, and a contract keeps Streamlit out of all of it but its screen
    written = {path for path in modules("pages") if path.is_relative_to(PACK) and path.name != "screen.py"}
    wrong = {
        str(path.relative_to(PROJECT)): found
        for path in [*modules("pages"), PROJECT / "app.py"]
        if path != WORDING
        and path not in written
        and (found := markdown_calls(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert not wrong, f"call it by pages.frame.wording, which encodes its words: {wrong}"


@pytest.mark.parametrize(
    "code",
    [
        "st.caption(x)",
        "st.sidebar.button(x)",
        "column.selectbox(x, y)",
        "st.new_call(x)",
        "from streamlit import caption",
    ],
)
def test_a_call_that_reads_markdown_is_seen(code):
    assert markdown_calls(ast.parse(code))


def test_one_module_knows_how_html_is_written():
    wrong = [
        str(path.relative_to(PROJECT))
        for folder in PACKAGES
        for path in modules(folder)
        if "html" in imported(path) and path.name != "encoded.py"
    ]
    assert not wrong


@pytest.mark.parametrize("folder", PACKAGES)
def test_no_code_names_a_kind_of_office_or_who_leads_it(folder):
    """Bodies change (a mayor, a board), so they are settings; a review's own words are content and stay in its folder."""
    office = re.compile(r"commissioner|\bo?pccs?\b|\bmayors?\b|\bo?pfcc\b", re.IGNORECASE)
    content = PROJECT / "data" / "review"
    named = {
        str(path.relative_to(PROJECT)): office.findall(path.read_text(encoding="utf-8"))
        for kind in ("*.py", "*.js", "*.css", "*.toml", "*.csv")
        for path in sorted((PROJECT / folder).rglob(kind))
        if content not in path.parents or path.suffix == ".py"
    }
    assert not {path: words for path, words in named.items() if words}
