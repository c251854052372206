"""Sentences end where a reader takes a breath, and not behind each point."""

import pytest

from courses.packages.strict.sentences import is_whole, sentences, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Lena liest. Emre schreibt.", ["Lena liest.", "Emre schreibt."]),
        ("Wozu? Für Werbung!", ["Wozu?", "Für Werbung!"]),
        (
            "So steht es in Art. 15 Abs. 3 DSGVO.",
            ["So steht es in Art. 15 Abs. 3 DSGVO."],
        ),
        ("Manche Daten, z. B. Orte, bleiben.", ["Manche Daten, z. B. Orte, bleiben."]),
        ("Das gilt u. a. Kindern. Oder?", ["Das gilt u. a. Kindern.", "Oder?"]),
        ("Nach § 4 Nr. 2 gilt das.", ["Nach § 4 Nr. 2 gilt das."]),
        ("T. Berger ist krank.", ["T. Berger ist krank."]),
        ("Am 3. Oktober ist frei.", ["Am 3. Oktober ist frei."]),
        ("Lena ist 15. Sie liest.", ["Lena ist 15.", "Sie liest."]),
        ("Es waren 3.112 Hunde.", ["Es waren 3.112 Hunde."]),
        ("„Wer da?“ Amira winkt.", ["„Wer da?“", "Amira winkt."]),
        ("„Hier.“ „Und dort?“", ["„Hier.“", "„Und dort?“"]),
        ("Er fragt: „Wer da?“ und geht.", ["Er fragt: „Wer da?“ und geht."]),
        ("Mehr auf example.org. Ende.", ["Mehr auf example.org.", "Ende."]),
        ("Ort und Uhrzeit", ["Ort und Uhrzeit"]),
        ("", []),
    ],
)
def test_a_text_falls_into_its_sentences(text, found):
    assert list(sentences(text)) == found


def test_nothing_of_a_text_is_lost():
    text = "Am 3. Mai kam z. B. Lena. „Wirklich?“ Ja (um 8 Uhr)! Und dann …"

    assert " ".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Die Wetter-App fragt 3.112 Mal.", 5),
        ("Lehrer:innen lesen „Data Grab“.", 4),
        ("– so, oder so –", 3),
    ],
)
def test_words_with_joints_count_once(text, count):
    assert len(words(text)) == count


def test_labels_are_no_whole_sentences():
    assert is_whole("Sie liest.")
    assert is_whole("„Sie liest.“")
    assert not is_whole("Ort und Uhrzeit")
