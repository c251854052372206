"""The tree of pages an import works on: finding pages, and the root of the site."""

from typing import Any

from django.db.models import Q
from wagtail.models import Locale, Page, Site

from content.pages.base import SitePage
from content.pages.models import HomePage
from courses.catalogue.models import ExercisePage

#: Stands in place of the hash once a page's file has left the package.
REMOVED = "removed"


def find_page(
    *,
    model: type[SitePage],
    locale: Locale,
    parent: Any,
    text_id: str,
    key: Any,
    slug: str,
) -> Any:
    """Return the page of a text: by id, by key, or by address if made in the CMS."""
    in_cms = Q(package_id="", slug=slug)
    found = model.objects.filter(
        Q(package_id=text_id) | Q(translation_key=key) | in_cms, locale=locale
    )
    anywhere = not issubclass(model, ExercisePage)
    by_id, by_key, by_address = [], [], []
    for page in found:
        is_below = page.is_child_of(parent)
        if page.package_id == text_id and (anywhere or is_below):
            by_id.append(page)
        if page.translation_key == key:
            by_key.append(page)
        if is_below and not page.package_id and page.slug == slug:
            by_address.append(page)
    return next(iter(by_id + by_key + by_address), None)


def is_withdrawn(page: SitePage) -> bool:
    """Whether an editor took the page off the site; an import's removal is marked."""
    was_public = page.first_published_at is not None
    return was_public and not page.live and page.import_hash != REMOVED


def free_slug(*, root: Page, slug: str) -> None:
    """Rename the page Wagtail starts with where it has the slug of a home page."""
    welcome = root.get_children().filter(slug=slug).exact_type(Page).first()
    if welcome and welcome.is_leaf():
        Page.objects.filter(pk=welcome.pk).update(slug=f"{slug}-wagtail")


def make_site_root(*, home: HomePage) -> None:
    """Let the German home page be the root of the default site.

    Makes the site (``localhost``) where there is none and deletes the page Wagtail
    starts with, if nobody put anything below it.
    """
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", is_default_site=True, root_page=home)
        return
    before = site.root_page
    if before.pk == home.pk or isinstance(before.specific, HomePage):
        return
    site.root_page = home
    site.save()
    if before.specific_class is Page and before.is_leaf() and not before.is_root():
        before.delete()
