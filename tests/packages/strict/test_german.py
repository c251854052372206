"""Rules of thumb about German: what they see, and what they leave alone."""

import pytest

from courses.packages.strict import german


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Daten werden gespeichert.",
        "Die Seite wird aufgerufen, sobald Lena tippt.",
        "Wo Fotos geteilt wurden, bleiben sie.",
        "Das Foto wird meist mit Name oder Ort verknüpft.",
        "Daten dürfen nicht erhoben werden.",
        "Dein Verhalten wird analysiert.",
        "Gelöscht wird erst im Mai.",
        "Die Auskunft ist erteilt worden.",
        "Die App wird von vielen benutzt.",
    ],
)
def test_the_passive_is_seen(sentence):
    assert german.is_passive(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Die App speichert die Daten.",
        "Lena wird 16.",
        "Das Bild wird größer.",
        "Morgen werden wir schwimmen gehen.",
        "Er wird alles vergessen.",
        "Die Daten sind gespeichert.",
        "Es wird kalt, sie hat gefroren.",
        "Der Kurs wird bekannt.",
        "Lena hat das Foto geteilt.",
    ],
)
def test_what_is_no_passive_passes(sentence):
    assert not german.is_passive(sentence)


NAMES = frozenset(["Da", "Lena", "Emre", "Hellingen"])


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Das ist der Name des Hundes.", "des Hundes"),
        ("Die Farbe eines Autos ist rot.", "eines Autos"),
        ("Hier steht der Name der App.", "Name der App"),
        ("Das sind die Freunde deiner Schwester.", "Freunde deiner Schwester"),
        ("Wegen der Werbung dauert es.", "Wegen der"),
        ("Das ist Lenas Handy.", "Lenas Handy"),
    ],
)
def test_the_genitive_is_seen(sentence, found):
    assert list(german.genitives(sentence, NAMES)) == [found]


@pytest.mark.parametrize(
    "sentence",
    [
        "Das ist der Name von dem Hund.",
        "Das Handy von Lena ist neu.",
        "Auf der Wetter-Seite steht Werbung.",
        "Lena gibt Emre der Reihe nach alles.",
        "Dieses Haus ist alt.",
        "So bekommen kostenlose Apps Geld.",
        "Die Frau, der Emre schreibt, lacht.",
        "Das Café ist offen.",
    ],
)
def test_what_is_no_genitive_passes(sentence):
    assert list(german.genitives(sentence, NAMES)) == []


def test_names_are_capital_words_without_an_article():
    texts = ["Lena hat ein Handy.", "Das Handy liegt bei Lena.", "Viele Apps sind da."]

    assert "Lena" in german.names_in(texts)
    assert not {"Handy", "Apps"} & german.names_in(texts)


def test_the_conjunctive_says_what_would_be():
    assert german.conjunctives("Das wäre gut, wenn er könnte.") == ["wäre", "könnte"]
    assert german.conjunctives("Er konnte es und möchte mehr. Das war gut.") == []


@pytest.mark.parametrize(
    ("word", "is_noun_style"),
    [
        ("Verarbeitung", True),
        ("Verarbeitungen", True),
        ("Möglichkeit", True),
        ("Identität", True),
        ("Information", True),
        ("Zeitung", False),
        ("Lektion", False),
        ("jung", False),
        ("Schwung", False),
        ("Person", False),
    ],
)
def test_noun_style_is_told_by_the_ending(word, is_noun_style):
    assert german.is_noun_style(word) is is_noun_style
