"""What the documents say is true: the README's code runs, and no document names a machine or a registry."""

from __future__ import annotations

import re
import subprocess
import tomllib

import pytest

from pages.frame import documents
from tests.conftest import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_readmes_python_runs_as_printed(shared, tmp_path, monkeypatch):
    zipped = tmp_path / "cleveland.zip"
    zipped.symlink_to(shared / "real" / "cleveland-2022-07-to-2024-06.zip")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOWN_CENTRES_STORE", str(tmp_path / "store"))
    names: dict = {}
    exec(re.search(r"```python\n(.*?)```", README, re.S)[1], names)
    table = names["table"].set_index("crime_type")
    assert table.loc["Anti-social behaviour", ["baseline_incidents", "comparison_incidents"]].tolist() == [
        663,
        577,
    ]
    assert list(table.index)[:8] == [
        "Anti-social behaviour",
        "Criminal damage and arson",
        "Public order",
        "Violence and sexual offences",
        "Burglary",
        "Shoplifting",
        "Drugs",
        "Robbery",
    ]
    assert len(table) == 14
    assert table.loc["Drugs", "percent_change"] == pytest.approx(100 * (166 - 179) / 179)


def test_every_file_the_readme_points_to_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert (PROJECT / target).exists(), target


def test_the_readmes_two_commands_stand_alone():
    block = re.search(r"## Two commands\n```\n(.*?)```", README, re.S)[1].splitlines()
    assert block == [
        "pip install -e . -c constraints.txt && streamlit run app.py",
        'pip install -e ".[test]" -c constraints.txt && pytest',
    ]


def test_constraints_are_names_and_versions_only_and_cover_every_direct_dependency():
    lines = (PROJECT / "constraints.txt").read_text(encoding="utf-8").split()
    assert lines
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.+]*", line) for line in lines)
    pinned = {line.split("==")[0].lower().replace("_", "-") for line in lines}
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    direct = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    names = {re.match(r"[A-Za-z0-9._-]+", d)[0].lower().replace("_", "-") for d in direct}
    assert not names - pinned


def test_no_tracked_file_names_a_machine_or_a_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this copy is no git checkout, so there is no list of tracked files")
    # written in pieces, so that this file does not find itself
    forbidden = re.compile(
        "|".join(["/wo" + "rk/", "/ro" + "ot/", "pypi" + r"\.org", "python" + "hosted", "npm" + r"js\.org"])
    )
    wrong = [
        name
        for name in listed.stdout.split("\n")
        if name
        and (path := PROJECT / name).suffix in {".py", ".md", ".toml", ".txt", ".csv", ".css", ""}
        and path.is_file()
        and forbidden.search(path.read_text(encoding="utf-8", errors="ignore"))
    ]
    assert not wrong


def test_methods_and_the_topics_rate_their_confidence_and_have_the_calibration():
    joined = documents.methods()
    assert joined.count("onfidence") > 10
    assert "| Anti-social behaviour | 303 | 4.6, " in joined
    assert "<!--" not in joined


def test_every_topics_method_is_on_the_page_once_and_one_level_down():
    joined = documents.methods()
    methods = sorted((PROJECT / "analysis" / "topics").glob("*/METHOD.md"))
    assert methods
    assert [line for line in joined.splitlines() if line.startswith("# ")] == ["# Methods"]
    for path in methods:
        title, *rest = path.read_text(encoding="utf-8").splitlines()
        assert title.startswith("## "), path
        assert not [line for line in rest if re.match(r"##? ", line)], path
        assert joined.count(f"{title}\n") == 1


def test_every_path_of_code_that_the_methods_name_is_there():
    named = re.findall(r"`((?:analysis|data|pages)/[^`<>]+)`", documents.methods())
    assert named
    assert not [path for path in named if not (PROJECT / path).exists()]


def test_an_installed_copy_finds_the_methods_where_the_installation_put_them(tmp_path, monkeypatch):
    site, share = tmp_path / "lib" / "site-packages", tmp_path / "share" / "made"
    (site / "made_up-1.dist-info").mkdir(parents=True)
    share.mkdir(parents=True)
    (site / "made_up-1.dist-info" / "METADATA").write_text("Name: made-up\nVersion: 1\n")
    (site / "made_up-1.dist-info" / "RECORD").write_text("../../share/made/METHODS.md,,\n")
    (share / "METHODS.md").write_text("# Methods\n")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr(documents, "PROJECT", site)
    monkeypatch.setattr(documents, "DISTRIBUTION", "made-up")
    assert documents.methods_file().read_text() == "# Methods\n"


def test_the_build_ships_every_document_that_a_page_reads():
    setuptools = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert "topics/*/METHOD.md" in setuptools["package-data"]["analysis"]
    assert setuptools["data-files"] == {f"share/{documents.DISTRIBUTION}": ["METHODS.md", "ACCESSIBILITY.md"]}


def test_decisions_are_numbered_and_dated_newest_first():
    heads = re.findall(r"^## (.*)$", (PROJECT / "DECISIONS.md").read_text(encoding="utf-8"), re.M)
    parsed = [re.fullmatch(r"(\d+)\. .+ \((\d{4}-\d\d-\d\d)\)", head) for head in heads]
    assert not [head for head, fits in zip(heads, parsed, strict=True) if not fits]
    assert [int(fits[1]) for fits in parsed] == list(range(len(heads), 0, -1))
    days = [fits[2] for fits in parsed]
    assert days == sorted(days, reverse=True)


def test_the_changelog_begins_with_what_is_not_released():
    heads = re.findall(r"^## (.*)$", (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert heads[0] == "[Unreleased]"


def test_the_hooks_before_a_commit_are_local_and_fetch_nothing():
    hooks = (PROJECT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"repo: (\S+)", hooks)) == {"local"}
    assert set(re.findall(r"language: (\S+)", hooks)) == {"system"}
    assert "//" not in hooks
    assert {"ruff check", "ruff format", "mypy"} <= set(re.findall(r"name: (.+)", hooks))
