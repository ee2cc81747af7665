"""What a department writes: steps, questions, conditions."""

from procedures.definition.blocks.conditions import ConditionBlock
from procedures.definition.blocks.outcomes import FeesBlock, RoutesBlock
from procedures.definition.blocks.questions import QuestionBlock
from procedures.definition.blocks.steps import StepBlock, StepsBlock
from procedures.definition.blocks.unopened import OpenedLaterAdapter

__all__ = [
    "ConditionBlock",
    "FeesBlock",
    "OpenedLaterAdapter",
    "QuestionBlock",
    "RoutesBlock",
    "StepBlock",
    "StepsBlock",
]
