"""What a procedure refers to outside of itself, said so that another site can find its own: never by a number.

Departments leave under their address, agents under their e-mail, pictures under the fingerprint of their file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wagtail import blocks
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from cms.accounts.models import User
from directory.blocks import DepartmentIdBlock
from directory.models import Department
from procedures.definition.blocks.outcomes import AgentIdBlock


def _department(pk: Any) -> str | None:
    return Department.objects.filter(pk=pk).values_list("slug", flat=True).first()


def _agent(pk: Any) -> str | None:
    return User.objects.filter(pk=pk).values_list("email", flat=True).first()


def _picture(pk: Any) -> str | None:
    picture = get_image_model().objects.filter(pk=pk).first()
    return picture.get_file_hash() if picture else None


def _department_here(name: str) -> int | None:
    return Department.objects.source().filter(slug=name).values_list("pk", flat=True).first()


def _agent_here(name: str) -> int | None:
    return User.objects.filter(email=name, is_active=True).values_list("pk", flat=True).first()


def _picture_here(name: str) -> int | None:
    return get_image_model().objects.filter(file_hash=name).values_list("pk", flat=True).first()


KINDS: list[tuple[type[blocks.Block], Callable[[Any], str | None], Callable[[str], int | None]]] = [
    (AgentIdBlock, _agent, _agent_here),
    (DepartmentIdBlock, _department, _department_here),
    (ImageChooserBlock, _picture, _picture_here),
]
"""Each kind of reference, how it leaves and how it arrives; the most special first."""


def is_reference(block: blocks.Block) -> bool:
    """Whether values of the block are numbers of this site alone."""
    return any(isinstance(block, kind) for kind, _leave, _arrive in KINDS)


def arrived(block: blocks.Block, name: Any) -> int | None:
    """The number that a reference has on this site; None where there is nothing of that name."""
    arrive = next(arrive for kind, _leave, arrive in KINDS if isinstance(block, kind))
    return arrive(name) if isinstance(name, str) and name else None


def leaving(block: blocks.Block, raw: Any) -> Any:
    """A raw value of ``block`` with names in the place of numbers."""
    if raw is None:
        return None
    if isinstance(block, blocks.StreamBlock):
        return [
            {**child, "value": leaving(block.child_blocks[child["type"]], child["value"])}
            for child in _known(block, raw)
        ]
    if isinstance(block, blocks.StructBlock):
        return {
            name: leaving(block.child_blocks[name], value) for name, value in raw.items() if name in block.child_blocks
        }
    if isinstance(block, blocks.ListBlock):
        return [{**item, "value": leaving(block.child_block, item["value"])} for item in raw]
    for kind, leave, _arrive in KINDS:
        if isinstance(block, kind):
            return leave(raw)
    return raw


def _known(block: blocks.StreamBlock, raw: Any) -> Iterator[dict[str, Any]]:
    return (child for child in raw if child["type"] in block.child_blocks)
