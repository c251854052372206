"""Plug-in folders: found by looking; only their static files are served."""

import sys

import pytest
from django.contrib.staticfiles.finders import find
from django.urls import reverse

from content import labs
from content.labs import registry
from content.plugins import PluginStaticFinder, scan

LAB = """
from content.labs.base import Lab

LAB = Lab(name="probelabor", minutes=5, settings=("schule",))
"""
WORDS = """
title: Probelabor
question: Was passiert hier?
point: Es passiert etwas.
cover: Ein Bild
stage: {word: Los}
ending: {meaning: [Das heißt viel.], discuss: "Und jetzt?", act: Nichts.}
guide: {aim: Ein Ziel, before: Nichts, plans: {10: [Anfangen]}, questions: ["Warum?"]}
sources: [{title: Ein Buch, publisher: Verlag, url: "https://example.org/", says: x}]
"""


@pytest.fixture
def lab_folder(tmp_path, monkeypatch, settings):
    """Put one lab into a temporary folder that counts as the labs' folder."""
    folder = tmp_path / "content" / "labs" / "probelabor"
    (folder / "static").mkdir(parents=True)
    (folder / "__init__.py").write_text(LAB, encoding="utf-8")
    (folder / "words.de.yaml").write_text(WORDS, encoding="utf-8")
    (folder / "lab.html").write_text("<p>Ohne Skript lesbar.</p>", encoding="utf-8")
    (folder / "paper.html").write_text("<p>Zum Ausdrucken.</p>", encoding="utf-8")
    (folder / "static" / "lab.js").write_text("export {};", encoding="utf-8")
    (folder / "notes.txt").write_text("not served", encoding="utf-8")
    root = folder.parent
    monkeypatch.setattr(labs, "__path__", [*labs.__path__, str(root)])
    (templates,) = settings.TEMPLATES
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], root]}]
    scan.cache_clear()
    yield tmp_path
    scan.cache_clear()
    sys.modules.pop("content.labs.probelabor", None)


def test_a_lab_that_does_not_exist_is_not_found(db, client):
    for form in ("", "papier/", "anleitung/", "beamer/"):
        assert client.get(f"/labore/nie/{form}").status_code == 404


def test_a_folder_is_a_lab(lab_folder):
    assert ("probelabor", "Probelabor") in registry.choices()
    assert registry.find("probelabor").lab.minutes == 5
    assert registry.find("nie") is None


def test_a_lab_has_its_pages_and_stands_in_the_index(db, client, lab_folder):
    index = client.get(reverse("labs")).content.decode()
    page = client.get("/labore/probelabor/").content.decode()

    assert "Was passiert hier?" in index
    assert 'href="/labore/probelabor/"' in index
    assert "Ohne Skript lesbar." in page
    assert 'data-module="/static/probelabor/lab.js"' in page
    assert '<script type="application/json">{"word": "Los"}</script>' in page
    paper = client.get("/labore/probelabor/papier/").content.decode()
    assert "Zum Ausdrucken." in paper
    guide = client.get("/labore/probelabor/anleitung/").content.decode()
    assert "In 10 Minuten" in guide


def test_a_lab_without_words_in_a_language_says_which_it_speaks(db, client, lab_folder):
    page = client.get("/en/labore/probelabor/").content.decode()

    assert '<html lang="en"' in page
    assert '<div class="wrap lab-page" lang="de">' in page
    assert "Was passiert hier?" in page


def test_only_static_files_of_a_plugin_are_served(lab_folder, settings):
    settings.BASE_DIR = lab_folder
    finder = PluginStaticFinder()

    assert finder.find("probelabor/lab.js").endswith("probelabor/static/lab.js")
    assert finder.find("probelabor/lab.js", find_all=True)
    assert [path for path, _storage in finder.list(None)] == ["lab.js"]
    for path in (
        "probelabor/notes.txt",
        "probelabor/__init__.py",
        "probelabor/",
        "lab.js",
    ):
        assert finder.find(path) == []


def test_the_finder_takes_part_in_the_site(settings):
    assert find("nie/lab.js") is None
    assert "content.plugins.PluginStaticFinder" in settings.STATICFILES_FINDERS
