"""Turns a page of ours into one file that needs nothing else: no server, no network.

Styles, fonts, pictures, icons and the modules of labs are put inside. What would lead
to the site is a full address, for the day on which there is a connection again. A
policy in the page lets nothing be fetched.
"""

import base64
import json
import mimetypes
import posixpath
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage

#: What a page has only for the site: menus, forms to it, hints for a connection.
ONLY_ONLINE = (
    "header.site-header",
    "footer",
    ".in-room",
    ".skip",
    ".skyline",
    ".lab-others",
    ".is-projected .eyebrow",
    ".no-print",
    ".print-only",
    "form[action]",
    "script[src]",
    "noscript",
    "link[rel=preload]",
    "source",
)
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline' data:; "
    "img-src data: blob:; font-src data:"
)
#: The part that a collected file's name has more than the file it was made of.
_HASH = re.compile(r"\.[0-9a-f]{12}(?=\.)")
_URL = re.compile(r"""url\((["']?)(?!data:)([^"')]+)\1\)""")
_IMPORT = re.compile(r"""(\bfrom\s*|\bimport\s*)(["'])(\.{1,2}/[^"']+)\2""")


def self_contained(
    html: str, *, beside: Mapping[str, str], home: tuple[str, str] | None = None
) -> str:
    """Return a page as one file.

    ``beside`` names the files of paths in the pack, ``home`` file and words of the link
    that leads back.
    """
    page = BeautifulSoup(html, "html.parser")
    for selector in ONLY_ONLINE:
        for found in page.select(selector):
            found.decompose()
    _lab_styles(page)
    _styles(page)
    _pictures(page)
    _icons(page)
    _links(page, beside)
    _modules(page)
    policy = {"http-equiv": "Content-Security-Policy", "content": POLICY}
    main = page.find("main")
    if home and isinstance(main, Tag):
        way = page.new_tag("p", attrs={"class": "wrap pack-home"})
        link = page.new_tag("a", href=home[0])
        link.string = home[1]
        way.append(link)
        main.insert(0, way)
    if page.head:
        page.head.insert(1, page.new_tag("meta", attrs=policy))
    return str(page)


def _lab_styles(page: BeautifulSoup) -> None:
    """Name the styles of labs in a lesson, which a script brings along there."""
    for stage in page.select("[data-styles]"):
        for address in str(stage["data-styles"]).split():
            if page.head:
                link = page.new_tag(
                    "link", attrs={"rel": "stylesheet", "href": address}
                )
                page.head.append(link)


def _styles(page: BeautifulSoup) -> None:
    seen: set[str] = set()
    for link in page.select("link[rel=stylesheet]"):
        name = _static_name(str(link["href"]))
        if name in seen:
            link.decompose()
            continue
        seen.add(name)
        style = page.new_tag("style")
        style.string = _style(name)
        link.replace_with(style)


def _style(name: str) -> str:
    folder = posixpath.dirname(name)

    def inside(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, found[2].split("#")[0]))
        return f'url("{_data(path, _static_bytes(path))}")'

    return _URL.sub(inside, _static_bytes(name).decode())


def _pictures(page: BeautifulSoup) -> None:
    for picture in page.select("img[src]"):
        path = urlsplit(str(picture["src"])).path
        content = _content_of(path)
        if content is None:
            picture.replace_with(str(picture.get("alt") or ""))
            continue
        picture["src"] = _data(path, content)
        for name in ("srcset", "sizes", "loading"):
            picture.attrs.pop(name, None)


def _icons(page: BeautifulSoup) -> None:
    """Put the drawings that a page uses inside it: ``use`` reads no other file."""
    wanted: dict[str, None] = {}
    sprite = ""
    for use in page.select("use[href]"):
        address, _hash, name = str(use["href"]).partition("#")
        if address:
            sprite = address
            wanted[name] = None
            use["href"] = f"#{name}"
    if not (sprite and page.body):
        return
    drawn = BeautifulSoup(_static_bytes(_static_name(sprite)), "html.parser")
    store = page.new_tag("svg", attrs={"hidden": "", "aria-hidden": "true"})
    for name in wanted:
        symbol = drawn.find(id=name)
        if isinstance(symbol, Tag):
            store.append(symbol)
    page.body.append(store)


def _links(page: BeautifulSoup, beside: Mapping[str, str]) -> None:
    site = settings.SITE_URL.rstrip("/")
    for link in page.select("a[href]"):
        path, hash_, anchor = str(link["href"]).partition("#")
        if path in beside:
            link["href"] = f"{beside[path]}{hash_}{anchor}"
        elif path.startswith("/"):
            link["href"] = f"{site}{path}{hash_}{anchor}"


def _modules(page: BeautifulSoup) -> None:
    """Let labs run: a page opened from a disk may import nothing but ``data:``."""
    modules: dict[str, str] = {}
    starts = []
    for stage in page.select("[data-module]"):
        name = _static_name(str(stage["data-module"]))
        _collect(name, modules)
        starts.append(f'import "pack/{name}";')
    if not (modules and page.head and page.body):
        return
    known = {f"pack/{name}": text for name, text in modules.items()}
    _script(page, page.head, "importmap", json.dumps({"imports": known}))
    _script(page, page.body, "module", "\n".join(starts))


def _script(page: BeautifulSoup, parent: Tag, kind: str, text: str) -> None:
    script = page.new_tag("script", attrs={"type": kind})
    script.string = text
    parent.append(script)


def _collect(name: str, modules: dict[str, str]) -> None:
    """Add a module and all that it imports, each under a name of its own."""
    if name in modules:
        return
    modules[name] = ""
    folder = posixpath.dirname(name)

    def named(found: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(folder, found[3]))
        _collect(path, modules)
        return f'{found[1]}"pack/{path}"'

    text = _IMPORT.sub(named, _static_bytes(name).decode())
    modules[name] = _data(name, text.encode())


def _content_of(path: str) -> bytes | None:
    """Return a picture of ours, whether it came with the code or was uploaded."""
    if path.startswith(settings.STATIC_URL):
        return _static_bytes(_static_name(path))
    name = unquote(path).removeprefix(settings.MEDIA_URL)
    if name == unquote(path) or not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def _static_name(address: str) -> str:
    return _HASH.sub("", address.split("?")[0].removeprefix(settings.STATIC_URL))


def _static_bytes(name: str) -> bytes:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_bytes()


def _data(name: str, content: bytes) -> str:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".js"):
        kind = "text/javascript"
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
