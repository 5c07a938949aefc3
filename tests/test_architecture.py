"""The house rules that no linter knows: sizes, names, records, the errors' tree, one number in one place."""

from __future__ import annotations

import ast
import dataclasses
import enum
import importlib
import inspect
import pkgutil
import re
import statistics
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

import whoholds
from whoholds import errors, records

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "whoholds"

#: A module longer than this is several modules.
MOST_LINES = 400

#: A function longer than this is several functions; "nearly none" is this share of all.
LONG_FUNCTION = 50
MOST_LONG = 0.01
MEDIAN_FUNCTION = 10

#: Names that say nothing about what lives there.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "managers", "common", "misc", "tools", "stuff"}

MODULES = sorted(SOURCE.rglob("*.py"))
NOT_TESTS = [path for room in ("src", "bench", "scripts") for path in sorted((ROOT / room).rglob("*.py"))]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", NOT_TESTS, ids=relative)
def test_no_module_is_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, f"{relative(path)} has {lines} lines: split it (at most {MOST_LINES})"


def test_functions_are_short(record_property: Callable[[str, object], None]) -> None:
    lengths = {f"{relative(path)}:{node.name}": _length(node) for path in MODULES for node in _functions(path)}
    median = statistics.median(lengths.values())
    long = {name: lines for name, lines in lengths.items() if lines > LONG_FUNCTION}
    record_property("summary", f"{len(lengths)} functions, median {median:g} lines, {len(long)} over {LONG_FUNCTION}")
    assert median <= MEDIAN_FUNCTION
    assert len(long) <= MOST_LONG * len(lengths), f"functions over {LONG_FUNCTION} lines: {long}"


def test_names_say_what_lives_there() -> None:
    named = {part for path in MODULES for part in path.relative_to(SOURCE).with_suffix("").parts}
    assert not named & EMPTY_NAMES


# -- records ------------------------------------------------------------------------------------------------


def record_modules() -> Iterator[ModuleType]:
    for module in pkgutil.iter_modules(records.__path__):
        yield importlib.import_module(f"{records.__name__}.{module.name}")


def record_classes() -> list[type]:
    return [
        member
        for module in record_modules()
        for _, member in inspect.getmembers(module, inspect.isclass)
        if member.__module__ == module.__name__ and not issubclass(member, enum.Enum)
    ]


@pytest.mark.parametrize("record", record_classes(), ids=lambda record: record.__name__)
def test_records_are_frozen_slotted_and_keyword_only(record: type) -> None:
    assert dataclasses.is_dataclass(record)
    assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(record)
    assert all(field.kw_only for field in dataclasses.fields(record))
    assert record.__doc__
    assert not record.__doc__.startswith(f"{record.__name__}(")  # dataclass makes up such a one


def test_records_stand_on_the_standard_library_alone() -> None:
    for module in record_modules():
        for name in _imports(Path(str(module.__file__))):
            top = name.partition(".")[0]
            assert top in ("__future__", "dataclasses", "enum", "hashlib", "re", "collections", "typing", "whoholds"), (
                f"{module.__name__} imports {name}"
            )


# -- errors -------------------------------------------------------------------------------------------------


def test_the_tree_in_the_errors_docstring_is_the_real_one() -> None:
    assert dict(_drawn_tree(str(errors.__doc__))) == dict(_real_tree(errors.WhoholdsError))


def test_each_error_is_public_and_knows_its_statuses() -> None:
    classes: dict[str, type[errors.WhoholdsError]] = {
        child: getattr(errors, child) for child, _ in _real_tree(errors.WhoholdsError)
    }
    assert set(errors.__all__) == {*classes, "WhoholdsError"}
    assert len({error.code for error in classes.values()}) == len(classes), "codes are not their own"
    for error in classes.values():
        user = issubclass(error, errors.UserError)
        assert error.exit_status == (2 if user else 1)
        assert (error.http_status < 500) is user


def _drawn_tree(docstring: str) -> Iterator[tuple[str, str]]:
    """Yield ``(class, its parent)`` of a tree drawn with ├── and └──, four columns a level."""
    lines = inspect.cleandoc(docstring).splitlines()
    first = next(number for number, line in enumerate(lines) if line.strip().startswith("WhoholdsError"))
    margin = lines[first].index("WhoholdsError")
    stem = ["WhoholdsError"]
    for line in lines[first + 1 :]:
        drawn = re.match(r"[│├└─ ]+(?=\w)", line[margin:])
        if not drawn or line.strip()[0] not in "│├└":
            return
        depth = drawn.end() // 4
        stem[depth:] = [line[margin + drawn.end() :].split()[0]]
        yield stem[depth], stem[depth - 1]


def _real_tree(base: type[Exception]) -> Iterator[tuple[str, str]]:
    for child in base.__subclasses__():
        if child.__module__ == errors.__name__:
            yield child.__name__, base.__name__
            yield from _real_tree(child)


# -- one number in one place ----------------------------------------------------------------------------------


def test_the_version_is_one() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert whoholds.__version__ == project["version"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_dependency_is_locked_explained_and_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "requirements" / "runtime.txt").read_text(encoding="utf-8").lower()
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    used = {name.partition(".")[0].lower() for path in MODULES for name in _imports(path)}
    for requirement in project["dependencies"]:
        name = re.split(r"[<>=~!\[; ]", requirement)[0].lower()
        assert f"\n{name}==" in locked, f"{name} is not in requirements/runtime.txt: make lock"
        assert f"`{name}`" in explained, f"{name} is not in docs/dependencies.md: say why it is here"
        assert name.replace("-", "_") in used, f"{name} is imported nowhere: take it out of pyproject.toml"


# -- reading source -------------------------------------------------------------------------------------------


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function from its ``def`` to its end, less those of its docstring."""
    lines = int(node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= int(first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
