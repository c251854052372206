"""Editors get in through the one door, edit a lesson and see it before publishing."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from playwright.sync_api import Page, expect

from courses.models import Attempt, LessonPage
from tests.browser.conftest import Site

#: Tells whether a page is still the one that was marked.
MARK = "here => { here.ownerDocument.defaultView.isTheSame = true; }"
IS_MARKED = "here => here.ownerDocument.defaultView.isTheSame === true"

#: Of a short lesson the CMS makes a form in half the time.
EXERCISE = """
:::{single-choice} wetter
question: Was braucht die Vorhersage?
options:
  - text: Den Ort
    correct: true
    feedback: Das stimmt, ohne Ort keine Vorhersage.
  - text: Die Kontakte
    feedback: Keine Nummer ändert das Wetter.
explanation: Die Vorhersage gilt für einen Ort.
:::
"""


@pytest.fixture
def editor(new_context: Any, site: Site) -> Page:
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto("/cms/")
    page.locator("input[name=login]").fill("chefredaktion")
    page.locator("input[name=password]").fill("nur-in-diesem-test")
    page.locator("main button[type=submit], form button[type=submit]").first.click()
    # The second step. Each code of this kind is good for one time, and at any time.
    codes = site.rows(Authenticator).get(
        user__username="chefredaktion", type=Authenticator.Type.RECOVERY_CODES
    )
    page.locator("[name=code]").fill(RecoveryCodes(codes).get_unused_codes()[0])
    page.get_by_role("button", name="Mit dem Code anmelden").click()
    page.wait_for_url("**/cms/**")
    return page


def test_a_draft_is_seen_and_answered_in_the_preview_and_by_nobody_else(
    editor: Page, site: Any, publish_lesson: Any, traffic: Any
) -> None:
    address = publish_lesson("probe", EXERCISE)
    lesson = site.rows(LessonPage).get(url_path__endswith=address)
    editor.goto(f"/cms/pages/{lesson.pk}/edit/")
    expect(editor.locator("html")).to_have_attribute("lang", "de")
    expect(editor.get_by_text("Arbeitsblatt").first).to_be_attached()
    expect(editor.locator("[data-contentpath=body]").first).to_be_visible()
    editor.locator("[name=title]").fill("Probe aufs Exempel")
    editor.locator("[data-side-panel-toggle=preview]").click()
    preview = editor.frame_locator("iframe[title]").first
    expect(preview.get_by_role("heading", level=1)).to_have_text("Probe aufs Exempel")
    public = editor.request.get(address)
    assert public.ok
    assert "Probe aufs Exempel" not in public.text()
    attempts = site.rows(Attempt).count()

    # In a tab of its own: beside the form, the CMS may renew its preview at any moment.
    tab = editor.context.new_page()
    tab.goto(f"/cms/pages/{lesson.pk}/edit/preview/")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Probe aufs Exempel")
    exercise = tab.locator("[data-exercise]").first
    exercise.evaluate(MARK)
    exercise.locator("input").first.check()
    exercise.get_by_role("button", name="Antwort prüfen").click()
    result = exercise.locator("[data-result]")
    expect(result).to_contain_text(re.compile("stimmt|richtig"))
    assert result.evaluate(IS_MARKED)  # our script did it: nothing was loaded anew
    assert site.rows(Attempt).count() == attempts
    assert [each for each in traffic.complaints if "Content Security" in each] == []
