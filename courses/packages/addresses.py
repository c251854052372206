"""Addresses change hands: before pages are written, each gets the one its file says.

Wagtail checks page by page that no neighbour has the same address, so two pages could
never swap theirs. The database does not mind, so that no address in between is needed.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat, Substr
from wagtail.models import Page

from .importing import PackageImport
from .tree import REMOVED


def settle_addresses(imports: Sequence[PackageImport]) -> None:
    """Give pages the addresses of their files, and note which ones are not free.

    A page that leaves its package makes room. The old address of a page that is public
    leads on to the new one (Wagtail hears of the change and notes it). A draft changes
    the address of no page that readers can see.
    """
    following = [(each, place) for each in imports for place in each.following()]
    changing = [
        (each, place)
        for each, place in following
        if place.page.slug != place.text.facts["slug"]
    ]
    if not changing:
        return
    wanted = {place.page.pk: place.text.facts["slug"] for _each, place in following}
    gone = {page.pk for each in imports for page in each.leaving()}
    moved, in_the_way = [], []
    for each, place in changing:
        slug = place.text.facts["slug"]
        holder = place.page.get_siblings().filter(slug=slug).first()
        if holder and (holder.pk in gone or _was_removed(holder)):
            in_the_way.append(holder)
        # Who holds it gives it up only for another one.
        elif holder and (each.draft or wanted.get(holder.pk, slug) == slug):
            each.refuse_slug(place, holder)
            continue
        if place.is_new or not each.draft:
            moved.append((place, slug))
    for place, slug in moved:
        _move(place.page, slug)
    for page in in_the_way:
        _rename(page, _free_slug(page))


def _was_removed(page: Page) -> bool:
    return not page.live and getattr(page.specific, "import_hash", "") == REMOVED


def _move(page: Any, slug: str) -> None:
    if not page.live:
        _rename(page, slug)
        return
    page = type(page).objects.get(pk=page.pk)  # the page above may have moved
    page.slug = slug
    page.save(clean=False, update_fields=["slug", "url_path"])


def _rename(page: Page, slug: str) -> None:
    """Change the address of a page nobody can see, so that no old one is noted."""
    page = Page.objects.get(pk=page.pk)
    before, page.slug = page.url_path, slug
    after = page.set_url_path(page.get_parent())
    Page.objects.filter(pk=page.pk).update(slug=slug, url_path=after)
    rest = Substr("url_path", len(before) + 1)
    Page.objects.descendant_of(page).update(url_path=Concat(Value(after), rest))


def _free_slug(page: Page) -> str:
    taken = set(page.get_siblings().values_list("slug", flat=True))
    return next(slug for n in count(2) if (slug := f"{page.slug}-{n}") not in taken)
