"""The question types that exist: one per folder under ``types``."""

from collections.abc import Mapping
from functools import cache
from typing import cast

from content.plugins import scan

from . import types
from .types.base import QuestionType


@cache
def question_types() -> Mapping[str, QuestionType]:
    """Return each type under its name, sorted by name."""
    return {
        cast(QuestionType, t).name: cast(QuestionType, t) for t in scan(types, "TYPE")
    }
