"""Which people of a long list are looked at: unit, words and page of the address.

All of it stands in the address, so that one comes back to where one was.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ..lists import printable
from ..models import Unit
from ..queries import UnitTree, meant

PER_PAGE: Final = 100
LONGEST_WORDS: Final = 100
#: What else an address of these lists may hold, and a new search keeps.
KEPT: Final = ("am", "stand")


@dataclass(frozen=True)
class Filter:
    """A unit with all below it and some words; neither means everybody."""

    tree: UnitTree
    unit: Unit | None
    words: str
    kept: dict[str, str]

    @property
    def is_narrow(self) -> bool:
        """Whether somebody may be left out."""
        return bool(self.unit or self.words.strip())

    @property
    def units(self) -> list[tuple[Unit, str]]:
        """Every unit with its path in words, to choose from."""
        return [(each, self.tree.title(each.pk)) for each, _d in self.tree.in_order()]

    @property
    def title_of_unit(self) -> str:
        """The path of the unit chosen, in words."""
        return self.tree.title(self.unit.pk) if self.unit else ""

    @property
    def in_words(self) -> str:
        """Unit and words, as a page names them."""
        asked = self.words.strip()
        words = _("“%(words)s”") % {"words": asked} if asked else ""
        return " · ".join(filter(None, (self.title_of_unit, words)))

    def people(self, at: str = "") -> Q:
        """Return the condition on people; ``at`` as for :func:`.queries.meant`."""
        units = self.tree.below(self.unit.pk) if self.unit else None
        return meant(units, self.words, at=at)


def filter_of(request: HttpRequest, tree: UnitTree) -> Filter:
    """Return what the address asks for; a unit nobody knows is none."""
    return Filter(
        tree,
        _unit(request, tree),
        words_of(request),
        {name: request.GET[name] for name in KEPT if request.GET.get(name)},
    )


def words_of(request: HttpRequest) -> str:
    """Return the words an address asks for."""
    return printable(request.GET.get("q", ""))[:LONGEST_WORDS]


def _unit(request: HttpRequest, tree: UnitTree) -> Unit | None:
    try:
        return tree.units.get(UUID(request.GET.get("einheit", "")))
    except ValueError:
        return None


def page_of(request: HttpRequest, found: QuerySet[Any] | Sequence[Any]) -> Page[Any]:
    """Return the page the address asks for, or the nearest there is."""
    return Paginator(found, PER_PAGE).get_page(request.GET.get("seite"))


def back_to(request: HttpRequest, path: str) -> str:
    """Return an address with the filter and page of this one."""
    query = request.GET.urlencode()
    return f"{path}?{query}" if query else path
