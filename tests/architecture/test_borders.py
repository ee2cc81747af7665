"""The rooms look down, and low rooms do not even name the high ones."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HIGHER_ROOMS = ("agenda", "demo", "directory", "procedures")
ROOMS = ("cms", *HIGHER_ROOMS)


def python_files(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        yield from (path for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts)


def test_every_import_contract_is_kept():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports")], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def named_rooms(path: Path) -> Iterator[str]:
    """Yield the strings of a module that are, or start like, a dotted name in a higher room."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            head = node.value.split(".")[0].split("/")[0].split(":")[0]
            if head in HIGHER_ROOMS and node.value != head:
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {node.value}"


def test_cms_names_no_other_room_outside_its_addresses_and_settings():
    allowed = {ROOT / "cms/urls.py", *(ROOT / "cms/settings").glob("*.py")}
    found = [name for path in python_files("cms") if path not in allowed for name in named_rooms(path)]
    assert found == []


def test_migrations_of_low_rooms_depend_on_no_higher_room():
    found = []
    for room, above in (("cms", HIGHER_ROOMS), ("directory", ("agenda", "procedures", "demo"))):
        for path in (ROOT / room).rglob("migrations/*.py"):
            words = path.read_text(encoding="utf-8").replace('"', "'")
            found += [f"{path.relative_to(ROOT)} names {name}" for name in above if f"'{name}" in words]
    assert found == []


def hidden_imports(path: Path) -> Iterator[str]:
    """Yield the imports of our own rooms that stand inside a function."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)) or function.name == "ready":
            continue  # Django demands imports of models and receivers inside AppConfig.ready
        for node in ast.walk(function):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(name.split(".")[0] in ROOMS for name in names):
                yield f"{path.relative_to(ROOT)}:{node.lineno}: {', '.join(names)}"


@pytest.mark.parametrize("room", ROOMS)
def test_no_import_hides_in_a_function(room):
    assert [found for path in python_files(room) for found in hidden_imports(path)] == []
