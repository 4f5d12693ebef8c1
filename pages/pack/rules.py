"""The rules that figures were made by, each by its name: a mark of its code, and the values that it names.

A pack keeps them, so that one that was made by another rule is told by the rule's name. Comments, docstrings and layout are no
part of a rule; a name with a value in capitals is one of its values.
"""

from __future__ import annotations

import ast
import hashlib
import io
import re
import tokenize
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

ANALYSIS = Path(__file__).parents[2] / "analysis"

_ROOMS = ("stats/*.py", "topics/*/measure/*.py", "topics/*/measure.py")
_ALSO = (
    "model/disclosure.py",
    "model/publishing.py",
    "model/partly.py",
    "model/vocabulary.py",
    "model/harm_weights.py",
)


@lru_cache(maxsize=1)
def rules() -> dict[str, dict[str, object]]:
    """Return every rule by its file under ``analysis``: ``name`` in words, ``code`` as a mark, ``values`` by name."""
    files = [path for room in _ROOMS for path in ANALYSIS.glob(room)] + [ANALYSIS / each for each in _ALSO]
    return {
        path.relative_to(ANALYSIS).as_posix(): rule_of(path.read_text(encoding="utf-8"), path.stem)
        for path in sorted(files)
        if path.name != "__init__.py" and path.exists()
    }


def rule_of(source: str, stem: str = "rule") -> dict[str, object]:
    """Return the name, the mark of the code and the named values of a module's text."""
    tree = ast.parse(source)
    words = (ast.get_docstring(tree) or stem).split("\n\n")[0].replace("\n", " ")
    name = re.split(r"[.:;](?:\s|$)", words)[0].strip()
    code = hashlib.sha256(_bare(source, tree).encode()).hexdigest()[:12]
    return {"name": name, "code": code, "values": _values(tree)}


def _bare(source: str, tree: ast.Module) -> str:
    """Return the code without docstrings, comments and white space: what does something, in any version of Python."""
    lines = source.splitlines(keepends=True)
    for first in _statements_of_bodies(tree):
        if (
            isinstance(first, ast.Expr)
            and isinstance(first.value, ast.Constant)
            and isinstance(first.value.value, str)
        ):
            for at in range(first.lineno - 1, first.end_lineno or first.lineno):
                lines[at] = "\n"
    # without the sign there is no comment, and to look for one takes longer than all else
    for token in tokenize.generate_tokens(io.StringIO(source).readline) if "#" in source else ():
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = (
                lines[row - 1][:column] + "\n" if len(lines[row - 1]) > column else lines[row - 1]
            )
    # layout is no rule: neither white space nor the comma that a broken line leaves behind
    return re.sub(r",(?=[)\]}])", "", re.sub(r"\s+", "", "".join(lines)))


def _statements_of_bodies(block: ast.AST) -> Iterator[ast.stmt]:
    """Yield the statements that stand right in a module, a class or a function, wherever in a statement that lies."""
    for name in ("body", "orelse", "finalbody", "handlers", "cases"):
        for each in getattr(block, name, ()):
            if isinstance(each, ast.stmt) and isinstance(
                block, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
            ):
                yield each
            yield from _statements_of_bodies(each)


def _values(tree: ast.Module) -> dict[str, str]:
    values = {}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        else:
            continue
        for target in targets:
            if isinstance(target, ast.Name) and re.fullmatch(r"[A-Z][A-Z0-9_]*", target.id):
                values[target.id] = ast.unparse(value)[:200]
    return values
