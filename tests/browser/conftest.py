"""A running site with all shipped courses, and Chromium to walk through it.

The site is a process of its own with a database of its own, as people meet it. Without
Chromium these tests skip; with ``REQUIRE_BROWSER=1`` (CI) they fail instead.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.databases import ROOT, collected_static, databases, library_copy

#: The first lines draw Chromium's own buttons as web pages, which nobody sees here and
#: which cost processor time. The rest is what Playwright switches off; given again,
#: because of two lists Chromium takes the last.
UNUSED = [
    "InitialWebUI", "WebUIReloadButton", "WebUIToolbarWebView", "WebUIOmniboxPopup",
    "WebUITabStrip", "WebUILocationBar", "InitialWebUISyncNavStartToCommit",
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
    "DialMediaRouteProvider", "GlobalMediaControls", "HttpsUpgrades", "LensOverlay",
    "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "Translate",
    "BlockOriginHeaderModificationOnRedirect", "AvoidCorsURLLoaderRestartOnRedirect",
    "AutoDeElevate", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled",
]  # fmt: skip
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    f"--disable-features={','.join(UNUSED)}",
]
HOW_TO_GET_CHROMIUM = (
    "Chromium is missing; on Debian and Ubuntu: apt-get install chromium"
)
# Playwright keeps an event loop in this thread; looking at rows from it is harmless.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# A busy machine is slow, not broken.
expect.set_options(timeout=20_000)

#: The second database, that of the running site, for looking at its rows.
SITE_DATABASE = "site"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium."""
    # The shell is the same browser without a window, and takes a third less work.
    names = (
        "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    )  # fmt: skip
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        missing(HOW_TO_GET_CHROMIUM)
    return found


def missing(how_to_get: str) -> NoReturn:
    """Skip a test for want of a tool; where browser tests are required, fail it."""
    if os.environ.get("REQUIRE_BROWSER"):
        pytest.fail(how_to_get)
    pytest.skip(how_to_get)


class Site:
    """The running site, and a process beside it that runs Python on its database."""

    def __init__(self, url: str, environment: dict[str, str]) -> None:
        """Start the process, once: setting Django up takes longer than what it runs."""
        self.url = url
        self._shell = subprocess.Popen(
            [sys.executable, "-c", SHELL],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str, **variables: str) -> None:
        """Run Python against the site's database, with environment variables."""
        assert self._shell.stdin
        assert self._shell.stdout
        self._shell.stdin.write(json.dumps([code, variables]) + "\n")
        self._shell.stdin.flush()
        assert self._shell.stdout.readline(), "It failed; its output says how."

    def manage(self, *command: str) -> None:
        """Run a management command against the site's database."""
        self.run(f"from django.core.management import call_command as c; c(*{command})")

    def close(self) -> None:
        """End the process beside the site."""
        self._shell.communicate(timeout=20)

    def rows(self, model: Any) -> Any:
        """Return a queryset on the site's own database."""
        return model._base_manager.using(SITE_DATABASE)


@pytest.fixture(scope="session")
def site(
    chromium: str, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[Site]:
    """Start the site on a free port."""
    name = f"site-{os.getpid()}"
    media = tmp_path_factory.mktemp("media")
    wanted = library_copy(name, media)
    configured = {**settings.DATABASES["default"], **wanted}
    connections.settings[SITE_DATABASE] = configured
    port = _free_port()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learnsite.settings.test",
        "DATABASE_URL": databases().url(name),
        "TEST_MEDIA_ROOT": str(media),
        "TEST_STATIC_ROOT": str(collected_static()),
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    site = Site(f"http://127.0.0.1:{port}", environment)
    log = (tmp_path_factory.mktemp("log") / "server.log").open("w")
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "learnsite.wsgi", "--threads", "8",
            "--bind", f"127.0.0.1:{port}", "--log-level", "warning",
        ],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=log,
    )  # fmt: skip
    try:
        site.run(CREATE_EDITOR)
        _wait_for(f"{site.url}/readyz", server)
        with django_db_blocker.unblock():
            yield site
    finally:
        site.close()
        server.terminate()
        server.wait(timeout=20)
        connections[SITE_DATABASE].close()


SHELL = """
import json, os, sys
import django
django.setup()
answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    code, variables = json.loads(line)
    os.environ.update(variables)
    exec(code, {})
    print("done", file=answers, flush=True)
"""

CREATE_EDITOR = """
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from learnsite.accounts.models import User
from learnsite.accounts.upkeep import note_success
note_success()  # the copied database may be older than a night
chief = User.objects.create_superuser("chefredaktion", password="nur-in-diesem-test")
TOTP.activate(chief, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
RecoveryCodes.activate(chief)
"""


COURSE = """
format: 1
kind: course
id: {slug}
slug: {slug}
locale: de
title: Zum Ausprobieren
summary: Eine Lektion.
address: du
topics: [datenschutz]
settings: [schule]
level: einstieg
goals:
  - id: ziel
    text: Ich kann etwas ausprobieren.
licence: CC-BY-SA-4.0
authors: [Redaktion]
as_of: 2026-11-23
review: 2027-11-23
"""
LESSON = """---
id: tag
slug: tag
title: Ein Tag
summary: Ein Satz.
minutes: 5
---

Ein Satz davor.

{body}
"""


@pytest.fixture(scope="session")
def publish_lesson(
    site: Site, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., str]:
    """Return a function that publishes a lesson of the body given, as a package.

    It returns the lesson's address; ``media`` are files by name.
    """

    def publish(slug: str, body: str, media: dict[str, bytes] | None = None) -> str:
        folder = tmp_path_factory.mktemp(slug)
        (folder / "course.yaml").write_text(COURSE.format(slug=slug))
        (folder / "01-tag.md").write_text(LESSON.format(body=body))
        for name, content in (media or {}).items():
            (folder / "media").mkdir(exist_ok=True)
            (folder / "media" / name).write_bytes(content)
        site.manage("import_course", str(folder))
        return f"/kurse/{slug}/tag/"

    return publish


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _try in range(150):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own site
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("The site did not start.")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        instance = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield instance
        instance.close()


@dataclass
class Traffic:
    """What a browser asked for and complained about."""

    urls: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def foreign(self, site: Site) -> list[str]:
        """Return requests to anybody but the site."""
        own = (site.url, "data:", "blob:", "about:")
        return [url for url in self.urls if not url.startswith(own)]


@pytest.fixture
def traffic() -> Traffic:
    """Collect what the browser contexts of a test do."""
    return Traffic()


def open_context(
    browser: Browser, site: Site, traffic: Callable[[], Traffic], **options: Any
) -> BrowserContext:
    """Open a browser that knows nothing, and note what it asks for and complains of."""
    options.setdefault("viewport", {"width": 360, "height": 740})
    options.setdefault("locale", "de-DE")
    context = browser.new_context(base_url=site.url, **options)
    context.set_default_timeout(30_000)
    context.on("request", lambda request: traffic().urls.append(request.url))
    context.on("weberror", lambda error: traffic().complaints.append(str(error.error)))
    context.on(
        "console",
        lambda message: (
            traffic().complaints.append(message.text)
            if message.type == "error"
            else None
        ),
    )
    return context


@pytest.fixture
def new_context(browser: Browser, site: Site, traffic: Traffic) -> Iterator[Any]:
    """Open browsers that know nothing of each other; foreign requests fail the test.

    ``hurried`` lets a test turn the clock of its pages forward (``acting.let_pass``).
    """
    opened: list[BrowserContext] = []

    def open_one(*, hurried: bool = False, **options: Any) -> BrowserContext:
        context = open_context(browser, site, lambda: traffic, **options)
        if hurried:
            context.clock.install()
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()
    assert traffic.foreign(site) == []


class KeptPages:
    """Pages that the tests of a file use one after another, by what they are like."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.traffic = Traffic()
        self.pages: dict[str, Page] = {}
        self._where = (browser, site)

    def like(self, width: int = 360, height: int = 740, **options: Any) -> Page:
        """Return the page of such a browser, as if nobody had been there."""
        name = json.dumps(options, sort_keys=True)
        viewport: ViewportSize = {"width": width, "height": height}
        if name not in self.pages:
            options["viewport"] = viewport
            context = open_context(*self._where, lambda: self.traffic, **options)
            self.pages[name] = context.new_page()
        page = self.pages[name]
        if page.viewport_size != viewport:
            page.set_viewport_size(viewport)
        return page

    def forget(self) -> None:
        """Take away what a test left on the device, and what it did to the network."""
        for page in self.pages.values():
            if page.url != "about:blank":
                # Works where scripts are switched off as well.
                page.evaluate("localStorage.clear(); sessionStorage.clear()")
                page.goto("about:blank")
            page.unroute_all()
            page.context.unroute_all()
            page.context.clear_cookies()


@pytest.fixture(scope="module")
def kept_pages(browser: Browser, site: Site) -> Iterator[KeptPages]:
    """Keep pages for the tests of a file."""
    kept = KeptPages(browser, site)
    yield kept
    for page in kept.pages.values():
        page.context.close()


@pytest.fixture
def same_page(
    kept_pages: KeptPages, site: Site, traffic: Traffic
) -> Iterator[Callable[..., Page]]:
    """Open a page that other tests of the file use as well, each as if it were new.

    To start a browser takes longer than what many tests do in it. For tests that leave
    nothing on a page itself: no clock, no script of their own, nobody who listens.
    """
    kept_pages.traffic = traffic
    yield kept_pages.like
    kept_pages.forget()
    assert traffic.foreign(site) == []


@pytest.fixture
def page(new_context: Any) -> Page:
    """Open a page on a phone of somebody nobody knows."""
    return new_context().new_page()


def open_and_wake(page: Page, path: str) -> None:
    """Open a page and pass by all of it once: modules come where somebody reads."""
    page.goto(path)
    wake(page)


#: Scroll past every module, and wait until each was fetched by the page and has run.
PASS_BY = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const parts = [...document.querySelectorAll("[data-module]")];
  for (const part of parts) {
    part.scrollIntoView({ behavior: "instant" });
    await frame();
    await frame(); // what comes into view is told after a frame
  }
  const late = scrollY ? [...document.querySelectorAll("[data-on-scroll]")] : [];
  const wanted = [
    ...parts.map((part) => part.dataset.module),
    ...late.map((part) => part.dataset.onScroll),
  ].map((path) => new URL(path, location).href);
  const latest = Date.now() + 20_000;
  for (const url of new Set(wanted)) {
    while (!performance.getEntriesByName(url).length) {
      if (Date.now() > latest) throw new Error(`nobody fetched ${url}`);
      await frame();
    }
    await import(url);
  }
  scrollTo({ top: 0, behavior: "instant" });
}"""


def wake(page: Page) -> None:
    """Pass by every exercise once, and return to the top."""
    page.evaluate(PASS_BY)
