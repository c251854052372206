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

LAB = Lab(
    name="probelabor",
    title="Probelabor",
    question="Was passiert hier?",
    minutes=5,
    template="probelabor/lab.html",
    module="probelabor/lab.js",
)
"""


@pytest.fixture
def lab_folder(tmp_path, monkeypatch, settings):
    """Put one lab into a temporary folder that counts as the labs' folder."""
    folder = tmp_path / "content" / "labs" / "probelabor"
    (folder / "static").mkdir(parents=True)
    (folder / "__init__.py").write_text(LAB, encoding="utf-8")
    (folder / "lab.html").write_text("<p>Ohne Skript lesbar.</p>", encoding="utf-8")
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


def test_without_labs_there_is_no_index(db, client):
    assert registry.all_labs() == ()
    assert client.get("/labore/").status_code == 404
    assert client.get("/labore/nie/").status_code == 404


def test_a_folder_is_a_lab(lab_folder):
    assert registry.choices() == [("probelabor", "Probelabor")]
    assert registry.find("probelabor").minutes == 5
    assert registry.find("nie") is None


def test_a_lab_has_its_page_and_stands_in_the_index(db, client, lab_folder):
    index = client.get(reverse("labs")).content.decode()
    page = client.get("/labore/probelabor/").content.decode()

    assert "Was passiert hier?" in index
    assert 'href="/labore/probelabor/"' in index
    assert "Ohne Skript lesbar." in page
    assert 'src="/static/probelabor/lab.js"' in page


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
