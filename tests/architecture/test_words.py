"""Words that people read can all be found by ``scripts/messages.py``."""

import ast
from collections.abc import Iterator

from tests.architecture.test_files import ROOT, tracked

TRANSLATES = {"_", "_now", "gettext", "gettext_lazy", "ngettext", "pgettext"}


def lost(source: str) -> Iterator[str]:
    """Messages inside an f-string, where the reader of messages does not look."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TRANSLATES:
                    yield from (word.value for word in call.args if isinstance(word, ast.Constant))


def test_a_message_inside_an_f_string_is_seen():
    assert list(lost("""name = f"{_('receipt')}.pdf" + _("request") + f"{_(chosen)}" """)) == ["receipt"]


def test_no_message_hides_inside_an_f_string():
    paths = [path for path in tracked("*.py") if "tests" not in path.parts]
    hidden = {path.relative_to(ROOT).as_posix(): list(lost(path.read_text(encoding="utf-8"))) for path in paths}
    assert {path: words for path, words in hidden.items() if words} == {}
