"""Small files, small functions, nothing of one machine."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = {"code": 250, "test": 400, "template": 60, "function": 40}
# Longer for a reason: file or file::function → why.
REASONS: dict[str, str] = {
    "cms/settings/base.py": "what Parvis is, in one list: cut up, each setting would have to be searched for",
}
MACHINE = re.compile(r"""(?<![\w.])/(?:work|root|home)/\w|/tmp/[a-z]|C:\\\\Users""")


def tracked(*patterns: str) -> list[Path]:
    """List the files of the project that fit, without those that a tool writes."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    paths = [ROOT / name for name in names if name and "/migrations/" not in name]
    return [path for path in paths if path.is_file()]


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def too_long(paths: list[Path], limit: int) -> list[str]:
    names = [(path.relative_to(ROOT).as_posix(), length(path)) for path in paths]
    return [f"{name}: {lines} lines" for name, lines in names if lines > limit and name not in REASONS]


def test_no_module_is_longer_than_a_sitting():
    code = [path for path in tracked("*.py") if "tests" not in path.parts]
    assert len(code) > 50
    assert too_long(code, LONGEST["code"]) == []


def test_no_test_module_is_longer_than_a_sitting():
    assert too_long(list(tracked("tests/**.py")), LONGEST["test"]) == []


def test_no_template_is_longer_than_a_screen():
    assert too_long(tracked("templates/**.html"), LONGEST["template"]) == []


def long_functions(path: Path) -> Iterator[str]:
    name = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.end_lineno:
            lines = node.end_lineno - node.lineno + 1
            if lines > LONGEST["function"] and f"{name}::{node.name}" not in REASONS:
                yield f"{name}::{node.name}: {lines} lines"


def test_no_function_is_longer_than_a_screen():
    code = [path for path in tracked("*.py") if "tests" not in path.parts]
    assert [found for path in code for found in long_functions(path)] == []


def test_every_reason_still_stands():
    names = [reason.partition("::")[0] for reason in REASONS]
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_no_file_names_a_place_on_one_machine():
    text = tracked(
        "*.py", "*.html", "*.md", "*.sh", "*.toml", "*.yml", "*.yaml", "*.js", "*.css", "Makefile", ".ci/run"
    )
    here = Path(__file__)
    found = []
    for path in text:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if path != here and MACHINE.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()}")
    assert found == []
