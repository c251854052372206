"""Who changed what decides what an import does with a page."""

from enum import Enum, auto
from typing import Literal

from .cms import PageNames
from .comparing import Comparison
from .places import Place
from .tree import REMOVED, is_withdrawn
from .writer import hash_of

Take = Literal["package", "cms"] | None


class Verdict(Enum):
    """What an import does with a page."""

    #: It is new.
    CREATE = auto()
    #: The file alone changed, or the package wins.
    WRITE = auto()
    #: File and page say the same.
    SAME = auto()
    #: The page alone changed, or an editor took it off the site.
    LEAVE = auto()
    #: As LEAVE; the file changed too, and is remembered as seen.
    KEEP = auto()
    #: Both changed, and nobody said who wins.
    CONFLICT = auto()


#: Pages that will say what their files say.
FOLLOWS = {Verdict.CREATE, Verdict.WRITE, Verdict.SAME}


def verdict(
    place: Place, file_hash: str, comparison: Comparison, names: PageNames, take: Take
) -> Verdict:
    """Return what is to be done with a page, before anything is written."""
    page = place.page
    if place.is_new:
        return Verdict.CREATE
    if is_withdrawn(page):
        wins = {"package": Verdict.WRITE, "cms": Verdict.KEEP}
        return wins.get(take or "", Verdict.LEAVE)
    page_hash = hash_of(comparison.page_text(place, names))
    if file_hash == page_hash and page.import_hash != REMOVED:
        return Verdict.SAME
    untouched = page.import_hash in (
        page_hash,
        comparison.hash_before(place, names),
        REMOVED,
    )
    if untouched or take == "package":
        return Verdict.WRITE
    if page.import_hash == file_hash:
        return Verdict.LEAVE
    return Verdict.KEEP if take == "cms" else Verdict.CONFLICT
