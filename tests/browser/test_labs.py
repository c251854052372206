"""Every lab in a browser: played to its end, clean, silent, readable in all forms."""

import importlib.util
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from content.labs import registry
from content.labs.base import Lab
from tests.browser.test_pages import axe

each_lab = pytest.mark.parametrize("lab", registry.all_labs(), ids=lambda lab: lab.name)


def walk(lab: Lab, page: Page) -> None:
    """Play a lab to its end, as its folder says."""
    file = registry.folder_of(lab) / "tests" / "walk.py"
    spec = importlib.util.spec_from_file_location(f"{lab.name}_walk", file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.walk(page)


def open_lab(page: Page, lab: Lab) -> None:
    page.goto(f"/labore/{lab.name}/")
    page.wait_for_selector(".lab.is-live")
    page.wait_for_load_state("networkidle")


@each_lab
def test_a_complete_run_asks_and_stores_nothing(
    page: Page, lab: Lab, traffic: Any
) -> None:
    open_lab(page, lab)
    expect(page.locator("[data-lab-ending]")).to_be_hidden()
    before = len(traffic.urls)
    walk(lab, page)

    expect(page.locator("[data-lab-ending]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    asked = [url for url in traffic.urls[before:] if url.startswith("http")]
    assert asked == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert traffic.complaints == []


@each_lab
@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (1280, "dark")], ids=["small", "wide"]
)
def test_axe_finds_nothing_and_nothing_sticks_out(
    new_context: Any, lab: Lab, width: int, scheme: str
) -> None:
    page = new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme
    ).new_page()
    open_lab(page, lab)
    look(page, width)
    walk(lab, page)
    look(page, width)


def look(page: Page, width: int) -> None:
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@each_lab
def test_without_scripts_the_text_version_stands_there(
    new_context: Any, lab: Lab
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(f"/labore/{lab.name}/")
    expect(page.locator("[data-lab-text]")).to_be_visible()
    expect(page.locator("[data-lab-ending]")).to_be_visible()


@each_lab
def test_the_other_forms_are_there(page: Page, lab: Lab) -> None:
    for form in ("papier", "anleitung", "beamer"):
        response = page.goto(f"/labore/{lab.name}/{form}/")
        assert response
        assert response.status == 200
        expect(page.get_by_role("heading", level=1)).to_be_visible()
