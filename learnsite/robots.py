"""What programs ask for that nobody types: robots.txt, the sitemap, an icon."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap as DjangoSitemap
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page

from content.cards.queries import step_cards
from content.labs import registry
from content.requests import same_for_everyone

#: What shows something about its reader, or is made for a question: not for catalogues.
NOT_FOR_ROBOTS = (
    "beitreten",
    "cms",
    "geraet-leeren",
    "gruppen",
    "konto",
    "lernen",
    "meine-daten",
    "raum",
    "schluessel",
    "suche",
)


class AllLanguages(Sitemap):
    """Every public page: the home pages of the languages stand beside each other."""

    def items(self) -> Any:
        """Return the pages in the order of the tree."""
        pages = Page.objects.filter(depth__gt=1).live().public().order_by("path")
        return pages.select_related("locale").specific(defer=True)

    def _urls(self, page: Any, protocol: str, domain: str) -> list[dict[str, Any]]:
        """Return addresses of the site as people know it, with the day of the text."""
        return [
            {
                "location": _address(each.get_url(self.request)),
                "lastmod": self.lastmod(each),
            }
            for each in self.paginator.page(page).object_list
        ]


class NoPages(DjangoSitemap):
    """What is no page of the CMS; its items are addresses."""

    def get_urls(
        self, page: Any = 1, site: Any = None, protocol: Any = None
    ) -> list[dict[str, Any]]:
        """Return addresses of the site as people know it, without a day."""
        return [
            {"location": _address(path)}
            for path in self.paginator.page(page).object_list
        ]


class Labs(NoPages):
    """The labs, in each language they have words in."""

    def items(self) -> list[str]:
        """Return their addresses; a lab that is missing in a language is not listed."""
        found = []
        for code, _name in settings.LANGUAGES:
            with override(code):
                labs = [each for each in registry.shelf() if each.language == code]
                found += [reverse("labs")] if labs else []
                found += [reverse("lab", args=[each.lab.name]) for each in labs]
        return found


class StepCards(NoPages):
    """The step cards, in each language they have words in."""

    def items(self) -> list[str]:
        """Return their addresses; those in words of another language are left out."""
        found = []
        for code, _name in settings.LANGUAGES:
            with override(code):
                cards = [
                    each for each in step_cards().values() if each.language == code
                ]
                found += [reverse("step_cards")] if cards else []
                found += [card.address for card in cards]
        return found


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page, lab and card; catalogues of learning material read it."""
    parts = {"pages": AllLanguages, "labs": Labs(), "cards": StepCards()}
    response = wagtail_sitemap(request, parts)
    return same_for_everyone(response)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what to leave alone, and where the list of pages is."""
    paths = [f"/{name}/" for name in NOT_FOR_ROBOTS]
    others = [code for code, _name in settings.LANGUAGES if code != "de"]
    paths += [f"/{code}/{name}/" for code in others for name in NOT_FOR_ROBOTS[1:]]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in paths)]
    lines += ["", f"Sitemap: {_address('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon; pages name their own, other programs ask here."""
    return HttpResponseRedirect(static("img/favicon.ico"))


def _address(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path
