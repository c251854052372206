"""What a lab is. Labs import this module and nothing else of the project."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Lab:
    """A data lab: runs in the browser only and makes no request at all.

    ``name`` is the folder's name and the address; ``template`` holds the version for
    readers without JavaScript too; ``module`` and ``style`` are static paths
    (``<name>/lab.js``), empty when not needed; ``settings`` says where it is used
    (schule, verwaltung, erwachsene); ``minutes`` is the time it usually takes.
    """

    name: str
    title: Any
    question: Any
    minutes: int
    template: str
    settings: Sequence[str] = field(default=())
    module: str = ""
    style: str = ""
