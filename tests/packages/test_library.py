"""The shipped packages are free of errors and survive the way there and back."""

from pathlib import Path

import pytest
from django.conf import settings

from courses.packages.exporter import export_course
from courses.packages.importer import import_packages
from courses.packages.reader import read_package, read_terms
from courses.packages.writer import write_package
from tests.packages.test_export import files_of

LIBRARY = sorted(path for path in Path(settings.LIBRARY_DIR).iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", LIBRARY, ids=lambda folder: folder.name)
def test_canonical_files_are_read_and_written_without_a_change(folder, tmp_path):
    terms = read_terms(LIBRARY)
    loaded = read_package(folder, terms=terms)
    assert [str(problem) for problem in loaded.problems] == []

    files = write_package(loaded.package)
    for name, content in files_of(folder).items():
        if "media/" in name:
            files[name] = content
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.encode() if isinstance(content, str) else content
        path.write_bytes(data)

    again = read_package(tmp_path, terms=terms)
    assert again.problems == []
    written = write_package(again.package)
    assert written == {name: files[name] for name in written}


@pytest.mark.django_db
def test_shipped_packages_import_twice_and_export_the_same(tmp_path):
    first = import_packages(LIBRARY)
    second = import_packages(LIBRARY)
    export_course(slug="datengrabbing", path=tmp_path / "aus")
    third = import_packages([tmp_path / "aus"])

    assert len(second.unchanged) == len(first.created)
    assert (second.created, second.updated, second.left) == ([], [], [])
    assert (third.created, third.updated, third.left) == ([], [], [])
