"""Competence frameworks: complete, and found by code."""

import pytest

from content.frameworks import choices, competence, framework, frameworks


@pytest.mark.parametrize(("name", "count"), [("digcomp", 21), ("mkr", 24), ("kmk", 22)])
def test_each_framework_has_all_its_competences(name, count):
    assert len(framework(name).competences) == count


def test_a_competence_is_found_by_its_code():
    found = competence("kmk", "4.2")

    assert str(found) == "4.2 Persönliche Daten und Privatsphäre schützen"
    assert found.area == "Schützen und sicher Agieren"


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        competence("mkr", "9.9")


def test_the_translation_of_digcomp_is_labelled_as_ours():
    assert framework("digcomp").note == "Arbeitsübersetzung"
    assert competence("digcomp", "4.2").original == (
        "Protecting personal data and privacy"
    )


def test_choices_name_code_and_title():
    assert choices("mkr")[3] == ("1.4", "1.4 Datenschutz und Informationssicherheit")
    assert [found.name for found in frameworks()] == ["mkr", "kmk", "digcomp"]
