"""What every lab keeps to: readable without a script, with files of its own folder."""

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from content.labs import registry
from content.labs.base import Lab
from tests.content.test_plugins import lab_folder  # noqa: F401


def broken_promises(lab: Lab) -> list[str]:
    """Return what a lab does not keep to."""
    own = f"{lab.name}/"
    files = [file for file in (lab.template, lab.module, lab.style) if file]
    words = strip_tags(render_to_string(lab.template, {"lab": lab})).strip()
    promises = {
        "its files stand in its folder": all(f.startswith(own) for f in files),
        "it has a title and a question": bool(str(lab.title) and str(lab.question)),
        "it says how long it takes": lab.minutes > 0,
        "it can be read without a script": bool(words),
    }
    return [promise for promise, kept in promises.items() if not kept]


def test_every_lab_keeps_its_promises() -> None:
    """Holds for nothing while no lab ships; the next test shows that it can fail."""
    assert {lab.name: broken_promises(lab) for lab in registry.all_labs()} == {
        lab.name: [] for lab in registry.all_labs()
    }


@pytest.mark.usefixtures("lab_folder")
def test_a_new_folder_is_held_to_the_promises() -> None:
    assert "probelabor" in {lab.name for lab in registry.all_labs()}
    test_every_lab_keeps_its_promises()


@pytest.mark.usefixtures("lab_folder")
def test_a_lab_that_takes_files_from_elsewhere_is_named() -> None:
    lab = Lab("anders", "Anders", "Was?", 0, "probelabor/lab.html")

    assert broken_promises(lab) == [
        "its files stand in its folder",
        "it says how long it takes",
    ]
