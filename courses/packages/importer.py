"""Packages become pages.

A page remembers the hash of the text last imported. Comparing it with the file and with
the page says who changed what: the file alone (the page is written), the page alone (it
is left), or both (somebody has to decide). Texts are compared in their canonical form,
so that saving a page in the CMS without a change is no change.
"""

from collections.abc import Sequence
from pathlib import Path

from django.db import transaction
from wagtail.models import Site

from content.indexing import indexed_once

from .addresses import settle_addresses
from .cms import PageNames
from .importing import Outcome, PackageImport
from .problems import PackageError
from .reader import Loaded, read_days, read_package, read_terms
from .references import check_references, known_days, known_terms
from .shared import SHARED_KINDS
from .verdicts import Take


def check_packages(paths: Sequence[Path], *, draft: bool = False) -> list[Loaded]:
    """Read packages and rehearse their import; raise PackageError on any problem.

    Nothing is kept: the rehearsal's transaction is rolled back.
    """
    return _run(paths, take="package", draft=draft, rehearsal=True)[0]


def import_packages(
    paths: Sequence[Path], *, take: Take = None, draft: bool = False
) -> Outcome:
    """Write packages into the CMS; raise PackageError and write nothing on problems.

    Pages that changed get one new revision and are published; with ``draft`` the
    revision stays unpublished. ``take`` decides for pages edited in the CMS: the
    package overwrites them, or the CMS keeps them and no conflict is reported again.
    Lessons that left the package are unpublished. Missing locales are made.
    """
    return _run(paths, take=take, draft=draft, rehearsal=False)[1]


class _Rehearsed(Exception):
    """Rolls a rehearsal back."""


def _run(
    paths: Sequence[Path], *, take: Take, draft: bool, rehearsal: bool
) -> tuple[list[Loaded], Outcome]:
    loaded = _read(paths, draft=draft, rehearsal=rehearsal)
    outcome = Outcome()
    imports = [
        PackageImport(each, outcome, take=take, draft=draft, rehearsal=rehearsal)
        for each in sorted(loaded, key=lambda each: not _is_site(each))
    ]
    try:
        with transaction.atomic():
            _write(imports)
            if rehearsal:
                raise _Rehearsed
    except _Rehearsed:
        pass
    except BaseException:
        for each in imports:
            each.media.undo()
        raise
    finally:
        # Cached while pages existed that are now rolled back, or before they did.
        Site.clear_site_root_paths_cache()
    return loaded, outcome


def _read(paths: Sequence[Path], *, draft: bool, rehearsal: bool) -> list[Loaded]:
    """Read packages; only a rehearsal takes what a ``_site`` beside them shares."""
    terms = known_terms(read_terms(paths))
    loaded = [read_package(path, terms=terms, draft=draft) for path in paths]
    days = {
        kind.reference: known_days(kind, read_days(kind, paths, beside=rehearsal))
        for kind in SHARED_KINDS
    }
    for each in loaded:
        each.days = days
    problems = [problem for each in loaded for problem in each.problems]
    if not problems:
        problems = check_references(loaded, terms, days)
    if problems:
        raise PackageError(problems)
    return loaded


def _is_site(loaded: Loaded) -> bool:
    return bool(loaded.package and loaded.package.kind == "site")


def _write(imports: Sequence[PackageImport]) -> None:
    """Make room for all pages first, so that texts may link to any of them.

    What texts share is removed last: a text of this run may have used it until now,
    and the index that knows is brought up to date once all are written.
    """
    with indexed_once():
        for each in imports:
            each.prepare()
        names = PageNames()
        for each in imports:
            each.judge(names)
        settle_addresses(imports)
        for each in imports:
            each.fill(names)
        _raise_problems(imports)
    for each in imports:
        each.remove_gone()
    _raise_problems(imports)


def _raise_problems(imports: Sequence[PackageImport]) -> None:
    problems = [problem for each in imports for problem in each.problems]
    if problems:
        raise PackageError(problems)
