"""Whether what texts name exists: in these packages, or in the CMS."""

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.glossary.models import GlossaryTerm

from .cms import PageNames
from .markdown import Reference
from .package import ORIGINAL, Package
from .problems import Problem
from .reader import Days, Loaded
from .shared import CARDS, SHARED_KINDS, SharedKind
from .source import Terms

MESSAGES = {
    "term": gettext_lazy("The glossary has no term “%(id)s”."),
    **{kind.reference: kind.messages.unknown for kind in SHARED_KINDS},
    "course": gettext_lazy("There is no course “%(id)s”."),
    "lesson": gettext_lazy("There is no lesson “%(id)s” (course/lesson)."),
    "page": gettext_lazy("There is no page “%(id)s”."),
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


def known_days(
    kind: SharedKind, in_packages: Mapping[str, date | None]
) -> dict[str, date | None]:
    """Return when to look at each source or card again; packages go before the CMS."""
    originals = kind.model.objects.filter(locale__language_code=ORIGINAL)
    return {**dict(originals.values_list("key", "review")), **in_packages}


def check_references(
    loaded: Iterable[Loaded], terms: Terms, days: Days
) -> list[Problem]:
    """Return a problem for each term, source, card or page that does not exist."""
    loaded = list(loaded)
    pages = set(PageNames().numbers)
    for each in loaded:
        if each.package:
            pages |= names_in(each.package)
    problems = []
    for each in loaded:
        for file, locale, reference in each.references:
            kind, value = reference.kind, reference.value
            if kind == "term":
                words = {**terms.get(ORIGINAL, {}), **terms.get(locale, {})}
                exists = value in words
            elif kind in days:
                exists = value in days[kind]
            else:
                exists = f"{kind}:{value}" in pages
            if not exists:
                message = _unknown(reference, days)
                problems.append(Problem(file, reference.line, message))
    return problems


def _unknown(reference: Reference, days: Days) -> str:
    """Say what does not exist; of a card also which one may be meant."""
    message: str = MESSAGES[reference.kind] % {"id": reference.value}
    if reference.kind == CARDS.reference:
        for near in get_close_matches(reference.value, days[reference.kind], n=1):
            message += " " + _("Perhaps “%(near)s” is meant.") % {"near": near}
    return message


def names_in(package: Package) -> set[str]:
    """Return the names under which the pages of a package can be linked to."""
    original = package.original
    if package.kind == "site":
        return {f"page:{page.id}" for page in original.pages}
    below = {f"lesson:{package.id}/{text.id}" for text in original.below}
    return {f"course:{package.id}", *below}
