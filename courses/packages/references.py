"""Whether what texts name exists: in these packages, or in the CMS."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from content.glossary.models import GlossaryTerm
from content.sources.models import Source

from .cms import PageNames
from .package import ORIGINAL, Package
from .problems import Problem
from .reader import Loaded
from .source import Terms

MESSAGES = {
    "term": lambda: _("The glossary has no term “%(id)s”."),
    "source": lambda: _("There is no shared source “%(id)s” in _site/sources.yaml."),
    "course": lambda: _("There is no course “%(id)s”."),
    "lesson": lambda: _("There is no lesson “%(id)s” (course/lesson)."),
    "page": lambda: _("There is no page “%(id)s”."),
}


def known_terms(in_packages: Terms) -> dict[str, dict[str, str]]:
    """Return the words of all terms by locale and id; packages go before the CMS."""
    found: dict[str, dict[str, str]] = {}
    rows = GlossaryTerm.objects.values_list("locale__language_code", "key", "term")
    for locale, key, term in rows:
        found.setdefault(locale, {})[key] = term
    for locale, terms in in_packages.items():
        found.setdefault(locale, {}).update(terms)
    return found


def known_sources(
    in_packages: Mapping[str, date | None],
) -> dict[str, date | None]:
    """Return when to read each source again; packages go before the CMS."""
    rows = Source.objects.originals().values_list("key", "review")
    return {**dict(rows), **in_packages}


def check_references(
    loaded: Iterable[Loaded], terms: Terms, sources: Mapping[str, date | None]
) -> list[Problem]:
    """Return a problem for each term, source or page that does not exist."""
    loaded = list(loaded)
    pages = set(PageNames().numbers)
    for each in loaded:
        if each.package:
            pages |= names_in(each.package)
    problems = []
    for each in loaded:
        for file, locale, reference in each.references:
            if reference.kind == "term":
                words = {**terms.get(ORIGINAL, {}), **terms.get(locale, {})}
                exists = reference.value in words
            elif reference.kind == "source":
                exists = reference.value in sources
            else:
                exists = f"{reference.kind}:{reference.value}" in pages
            if not exists:
                message = MESSAGES[reference.kind]() % {"id": reference.value}
                problems.append(Problem(file, reference.line, message))
    return problems


def names_in(package: Package) -> set[str]:
    """Return the names under which the pages of a package can be linked to."""
    original = package.original
    if package.kind == "site":
        return {f"page:{page.id}" for page in original.pages}
    below = {f"lesson:{package.id}/{text.id}" for text in original.below}
    return {f"course:{package.id}", *below}
