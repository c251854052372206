"""What every lesson that ships costs on a first visit: requests, bytes, statements."""

import gzip
import posixpath
import re
from collections.abc import Iterator
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


def test_a_first_visit_to_any_lesson_is_light(shipped: list[str]) -> None:
    """Ten requests and 100 KB are for phones on the Wi-Fi of a school."""
    heavy = {}
    for path in shipped:
        sizes = first_visit(path)
        script = sum(size for name, size in sizes.items() if name.endswith(".js"))
        total = sum(sizes.values())
        if len(sizes) > MOST_REQUESTS or total > MOST_BYTES or script > MOST_SCRIPT:
            heavy[path] = sizes
    assert len(shipped) == len(LESSON_FILES)
    assert heavy == {}


def test_no_lesson_costs_many_statements_with_nothing_kept(shipped: list[str]) -> None:
    costly = {}
    for path in shipped:
        forget_all()
        caches["default"].clear()
        cold = statements(lambda: _get(path))  # noqa: B023 - called at once
        if len(cold) > MOST_STATEMENTS:
            costly[path] = cold
    assert costly == {}


def first_visit(path: str) -> dict[str, int]:
    """Return what a browser fetches at once for a page: bytes by address."""
    html = _get(path)
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
        content = _content(address)
        sizes[address] = _transferred(address, content)
        needed = NEEDED.get(posixpath.splitext(address)[1])
        if needed:
            folder = posixpath.dirname(address)
            waiting += [
                posixpath.normpath(posixpath.join(folder, each))
                for each in needed.findall(content.decode())
            ]
    return sizes


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
