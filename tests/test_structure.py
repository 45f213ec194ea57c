"""Data flows one way: a module imports only what lies before it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import testimonia

ROOT = Path(testimonia.__file__).parent

# A room may import rooms of a lower rank and itself; rooms of one rank do not import each other.
RANKS = {
    "errors": 0,
    "language": 1,
    "settings": 1,
    "sample": 1,
    "text": 2,
    "intervals": 3,
    "findings": 3,
    "sources": 4,
    "analysers": 4,
    "pipeline": 5,
    "times": 5,
    "spacy": 6,
    "exchange": 5,
    "engines": 6,
    "base": 6,
    "reading": 7,
    "views": 8,
    "web": 9,
    "report": 10,
    "cli": 11,
    "__main__": 12,
}
MODULES = sorted(p for p in ROOT.rglob("*.py") if p != ROOT / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names = [f"{module}.{a.name}" for a in node.names] if module == "testimonia" else [module]
        rooms |= {n.split(".")[1] for n in names if n.startswith("testimonia.")}
    return rooms & RANKS.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    room = room_of(path)
    assert room in RANKS, f"{room} has no rank: where does it stand in the way of the data?"
    wrong = {r for r in imported_rooms(path) if r != room and RANKS[r] >= RANKS[room]}
    assert not wrong, f"{path.name} imports {wrong}, which lies after {room} or beside it"


@pytest.mark.parametrize("path", [p for p in MODULES if room_of(p) == "analysers"], ids=lambda p: p.name)
def test_analysers_are_pure(path: Path) -> None:
    """No database, no engine, no settings, no clock, no files."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        heads = {n.split(".")[0] for n in names}
        assert not heads & {"sqlalchemy", "os", "pathlib", "time", "random", "io", "logging", "socket", "subprocess"}


def test_only_the_spark_engine_imports_pyspark() -> None:
    users = {p.name for p in MODULES if "pyspark" in p.read_text(encoding="utf-8")}
    assert users <= {"spark.py"}
