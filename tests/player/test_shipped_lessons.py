"""What every lesson that ships costs on a first visit: requests, bytes, statements."""

import gzip
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from content.memory import forget_all
from tests.player.test_statements import statements

MOST_STATEMENTS = 10
MOST_REQUESTS = 10
MOST_BYTES = 100_000
MOST_SCRIPT = 25_000
LESSON_ADDRESS = re.compile(
    r"<loc>[^<]*?//[^/]+(/(?:[\w-]+/)?kurse/[\w-]+/[\w-]+/)</loc>"
)
FINAL_TEST = "abschlusstest"
#: Every lesson in every language; what stands beside a lesson has a second dot.
LESSON_FILES = [
    file
    for file in Path(settings.LIBRARY_DIR).rglob("[0-9][0-9]-*.md")
    if file.name.count(".") == 1
]
#: What a browser asks for as soon as it has read a page.
AT_ONCE = (
    ("link[rel=stylesheet], link[rel=preload], link[rel=modulepreload]", "href"),
    ("link[rel=icon]", "href"),
    ("script[src], img[src]:not([loading=lazy])", "src"),
    ("use[href]", "href"),
    ("video[poster]", "poster"),
    ("audio[src]:not([preload=none]), video[src]:not([preload=none])", "src"),
)
NEEDED = {
    ".css": re.compile(r"url\([\"']?(?!data:)([^\"')#]+)[\"']?\)"),
    ".js": re.compile(r"^(?:import|export)\b[^;]*?[\"'](\.[^\"']+)[\"']", re.M),
}
COMPRESSED_ALREADY = (".woff2", ".webp", ".png", ".jpg", ".avif")


@pytest.fixture(scope="module")
def shipped(
    shipped_library: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[list[str]]:
    """Yield the addresses of the lessons that ship."""
    with django_db_blocker.unblock():
        sitemap = Client().get("/sitemap.xml").content.decode()
        addresses = LESSON_ADDRESS.findall(sitemap)
        yield [each for each in addresses if FINAL_TEST not in each]


@dataclass(frozen=True)
class Cold:
    """A lesson as it comes with nothing kept."""

    html: bytes
    statements: list[str]


@pytest.fixture(scope="module")
def cold(shipped: list[str]) -> dict[str, Cold]:
    """Visit each lesson once."""
    found = {}
    for path in shipped:
        forget_all()
        caches["default"].clear()
        html: list[bytes] = []
        asked = statements(lambda: html.append(_get(path)))  # noqa: B023 - at once
        found[path] = Cold(html[0], asked)
    return found


def test_a_first_visit_to_any_lesson_is_light(
    shipped: list[str], cold: dict[str, Cold]
) -> None:
    """Ten requests and 100 KB are for phones on the Wi-Fi of a school."""
    heavy = {}
    for path, lesson in cold.items():
        sizes = first_visit(path, lesson.html)
        script = sum(size for name, size in sizes.items() if name.endswith(".js"))
        total = sum(sizes.values())
        if len(sizes) > MOST_REQUESTS or total > MOST_BYTES or script > MOST_SCRIPT:
            heavy[path] = sizes
    assert len(shipped) == len(LESSON_FILES)
    assert heavy == {}


def test_no_lesson_costs_many_statements_with_nothing_kept(
    cold: dict[str, Cold],
) -> None:
    asked = {path: lesson.statements for path, lesson in cold.items()}
    assert all(asked.values())
    assert {path: s for path, s in asked.items() if len(s) > MOST_STATEMENTS} == {}


def first_visit(path: str, html: bytes) -> dict[str, int]:
    """Return what a browser fetches at once for a page: bytes by address."""
    page = BeautifulSoup(gzip.decompress(html), "html.parser")
    for found in page.select("noscript"):
        found.decompose()
    sizes = {path: len(html)}
    waiting = [
        str(each[attribute]).partition("#")[0]
        for selector, attribute in AT_ONCE
        for each in page.select(selector)
    ]
    while waiting:
        address = waiting.pop()
        if address in sizes or not address or address.startswith("data:"):
            continue
        sizes[address], needed = _fetched(address)
        waiting += needed
    return sizes


@cache
def _fetched(address: str) -> tuple[int, list[str]]:
    """Return the size of a file on the way, and what it needs in turn."""
    content = _content(address)
    pattern = NEEDED.get(posixpath.splitext(address)[1])
    folder = posixpath.dirname(address)
    needed = [
        posixpath.normpath(posixpath.join(folder, each))
        for each in (pattern.findall(content.decode()) if pattern else ())
    ]
    return _transferred(address, content), needed


def _get(path: str) -> bytes:
    response = Client().get(path, headers={"Accept-Encoding": "gzip"})
    assert response.status_code == 200, path
    return response.content


def _content(address: str) -> bytes:
    if not address.startswith(settings.STATIC_URL):
        return _get(address)
    found = finders.find(address.removeprefix(settings.STATIC_URL))
    assert isinstance(found, str), address
    return Path(found).read_bytes()


def _transferred(address: str, content: bytes) -> int:
    """Return the size on the way; what is served by a view comes compressed."""
    is_static = address.startswith(settings.STATIC_URL)
    if not is_static or address.endswith(COMPRESSED_ALREADY):
        return len(content)
    return len(gzip.compress(content))
