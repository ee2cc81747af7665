"""Make a procedure of two hundred questions in the site of ``PARVIS_VAR``; prints the id of its page.

``python -m tests.browser.large_form``
"""

from __future__ import annotations

import sys
from secrets import token_hex

from tests.bench.forms import asked, two_hundred
from tests.factories.procedures import Raw, condition, make_page, question, section, step


def everything_filled() -> list[Raw]:
    """A step with something in each block that is built late."""
    words = 'Deux lignes,\net des « signes » : "a" & <b>'
    prefill = {"source": "account", "key": "given-name", "locked": True}
    checks = [
        {"type": "text_length", "value": {"at_least": 2, "at_most": 60}, "id": "0e5f5c0e-6a1c-4b8e-9d35-0a52f0a6c001"}
    ]
    brick = {"match": "any", "rules": condition(("first", "is_answered"))["rules"]}
    group = {"type": "item", "id": "0e5f5c0e-6a1c-4b8e-9d35-0a52f0a6c002", "value": brick}
    nested = condition(("first", "is", "no")) | {"groups": [group]}
    return [
        step(
            "Tout est là",
            question("yes_no", "Premier", id="first"),
            question("short_text", "Prénom", help_text=words, required=False, prefill=prefill, checks=checks),
            question("short_text", "Jamais", condition=condition(match="never")),
            question("one_choice", "Lequel", choices=["Un", "Deux"], condition=nested),
            section("Partie", asked("own", 0), condition=condition(("first", "is", "yes"))),
        )
    ]


def main() -> None:
    """Make it."""
    from directory.models import Department

    slug = f"grande-{token_hex(4)}"
    steps = [*two_hundred(), *everything_filled()]
    department = Department.objects.source().first()
    page = make_page(*steps, department=department, title=slug, slug=slug, silence_effect="none")
    page.save_revision()
    sys.stdout.write(f"{page.pk}\n")


if __name__ == "__main__":
    main()
