"""Typed answers are read as people mean them, and no other way."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.exercises.types.typed import (
    MAX_TYPED,
    Likeness,
    likeness,
    nearest,
    read_number,
    tidy,
    within_one_edit,
    words,
)

letters = st.text("abcdeäß", max_size=6)
typed = st.text(max_size=40)


# --- Words --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("passwort", "Passwort"),
        ("  Passwort . ", "Passwort"),
        ("„Passwort“!", "Passwort"),
        ("Schluessel", "Schlüssel"),
        ("Schlüssel", "SCHLUESSEL"),
        ("Strasse", "Straße"),
        ("u\u0308ben", "üben"),
        ("Pass\u00adwort", "Passwort"),
        ("Zwei Faktor Authentifizierung", "Zwei-Faktor-Authentifizierung"),
        ("Zweifaktor-Authentifizierung", "Zwei-Faktor-Authentifizierung"),
        ("Passwort Manager", "Passwortmanager"),
        ("email", "E-Mail"),
        ("Cafe", "Café"),
        ("1.500 Euro", "1500 Euro"),
        ("3.5", "3,5"),
        ("80%", "80 %"),
        ("Windows11", "Windows 11"),
    ],
)
def test_spelling_that_says_the_same_is_the_same(given: str, accepted: str) -> None:
    assert likeness(given, accepted) == Likeness.SAME


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("Verschlüselung", "Verschlüsselung"),
        ("Verschlüsselunng", "Verschlüsselung"),
        ("Verschlüssehung", "Verschlüsselung"),
        ("Vershclüsselung", "Verschlüsselung"),
        ("Schlussel", "Schlüssel"),
        ("Kookie", "Cookie"),
        ("DSVGO", "DSGVO"),
        ("Recht auf Auskumft", "Recht auf Auskunft"),
        ("Zweifaktor-Autentifizierung", "Zwei-Faktor-Authentifizierung"),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven(given: str, accepted: str) -> None:
    assert likeness(given, accepted) == Likeness.SLIP


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("kein Passwort", "Passwort"),
        ("Passwort nicht", "Passwort"),
        ("keine Daten", "meine Daten"),
        ("keiner", "einer"),
        ("nirgendwo", "irgendwo"),
        ("weder", "wieder"),
        ("asymmetrisch", "symmetrisch"),
        ("symmetrische", "asymmetrische"),
        ("abmelden", "anmelden"),
        ("sich abmelden", "sich anmelden"),
        ("Ausnahme", "Aufnahme"),
        ("erlernen", "verlernen"),
        ("versprechen", "vorsprechen"),
        ("unsicher", "sicher"),
        ("http", "https"),
        ("Opt-in", "Option"),
        ("Artikel 16", "Artikel 15"),
        ("IPv6", "IPv4"),
        ("-5", "5"),
        ("3,5", "35"),
        ("3 5", "35"),
        ("20.000", "20"),
        ("Passwort PIN", "Passwort"),
        ("Passwort oder PIN", "Passwort"),
        ("Auskunft auf Recht", "Recht auf Auskunft"),
        ("Verchlüsselng", "Verschlüsselung"),
        ("Pin", "PUK"),
        ("Anwender", "Anwendung"),
        ("Anwendern", "Anwendungen"),
        ("Verkäufer", "Verkauf"),
        ("Verkaeufer", "Verkauf"),
        ("Entwickler", "Entwicklung"),
        ("Überwacher", "Überwachung"),
        ("Betrüger", "Betrug"),
        ("die Betrügerin", "Betrug"),
        ("Verarbeiter", "Verarbeitung"),
        ("Auftrags-Verarbeiter", "Auftragsverarbeitung"),
        ("Anwentder", "Anwendung"),
        ("Verbraucher", "Verbrauch"),
        ("Diener", "Dienst"),
        ("Fischer", "Fisch"),
        ("Taten", "Daten"),
        ("Mode", "Modem"),
        ("", "Passwort"),
        ("…", "…"),
        ("C", "C++"),
    ],
)
@pytest.mark.parametrize("freely", [False, True])
def test_what_means_something_else_is_never_accepted(given, accepted, freely) -> None:
    assert likeness(given, accepted, freely=freely) == Likeness.OTHER


@pytest.mark.parametrize(
    ("given", "accepted", "how"),
    [
        ("Passwörter", "Passwort", Likeness.FORM),
        ("der Auskünfte", "Auskunft", Likeness.FORM),
        ("eine Einwilligung", "Einwilligungen", Likeness.FORM),
        ("Das ist Phishing.", "Phishing", Likeness.SAME),
        ("die Passwort-Managern", "Passwortmanager", Likeness.FORM),
        ("das Recht auf die Auskunft", "Recht auf Auskunft", Likeness.SAME),
        ("Einwiligungen", "Einwilligung", Likeness.SLIP),
        ("die", "die", Likeness.SAME),
        ("das ist", "das ist", Likeness.SAME),
    ],
)
def test_a_free_answer_may_be_another_form_of_the_word(given, accepted, how) -> None:
    assert likeness(given, accepted, freely=True) == how


@pytest.mark.parametrize(
    ("given", "accepted"),
    [
        ("Bild", "Bilder"),
        ("Bildern", "Bildes"),
        ("Häuser", "Haus"),
        ("Passwoerter", "Passwort"),
        ("Ergebnisse", "Ergebnis"),
        ("Nutzern", "Nutzer"),
        ("Nutzerinnen", "Nutzer"),
        ("Systeme", "System"),
        ("Dienste", "Dienst"),
        ("privater Schlüssel", "private Schlüssel"),
        ("öffentlicher", "öffentliche"),
        ("Betroffener", "betroffene"),
        ("verschlüsseltem", "verschlüsselt"),
        ("anonym", "anonymer"),
        ("Berechtigter", "berechtigt"),
    ],
)
def test_an_ending_that_only_bends_a_word_makes_no_other_of_it(given, accepted) -> None:
    assert likeness(given, accepted, freely=True) == Likeness.FORM


@pytest.mark.parametrize(
    ("given", "accepted"),
    [("Nutzer", "Nutzen"), ("Spieler", "Spiele"), ("Bewerter", "bewerten")],
)
def test_in_a_free_answer_one_letter_does_not_make_a_person_of_a_thing(
    given, accepted
) -> None:
    assert likeness(given, accepted, freely=True) == Likeness.OTHER


@pytest.mark.parametrize("given", ["Passwörter", "das Passwort", "Das ist Passwort"])
def test_a_gap_takes_the_form_that_fits_the_sentence(given: str) -> None:
    assert likeness(given, "Passwort") == Likeness.OTHER


@pytest.mark.parametrize(
    "given", ["kein Passwort", "Das ist kein Passwort", "ohne ein Passwort"]
)
def test_a_free_answer_may_not_deny_what_is_accepted(given: str) -> None:
    assert likeness(given, "ein Passwort", freely=True) == Likeness.OTHER


def test_the_nearest_form_is_told_so_that_a_slip_can_be_shown_corrected() -> None:
    forms = ["Chiffrierung", "Verschlüsselung", "Verschlüsselungen"]

    assert nearest("verschlüselung", forms) == (Likeness.SLIP, "Verschlüsselung")
    assert nearest("Hashing", forms) == (Likeness.OTHER, "")


@given(typed)
def test_whatever_is_typed_is_like_itself_or_says_nothing(text: str) -> None:
    expected = Likeness.SAME if words(text) else Likeness.OTHER

    assert likeness(text, text) == likeness(text, text, freely=True) == expected


@given(typed, typed)
def test_comparing_knows_no_direction(one: str, other: str) -> None:
    assert likeness(one, other) == likeness(other, one)


@given(typed)
def test_tidying_is_done_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert len(tidy(text * 20)) <= MAX_TYPED


@given(letters, letters)
def test_one_edit_is_a_damerau_levenshtein_distance_of_at_most_one(one, other) -> None:
    edits = {one}
    alphabet = set(other)
    for place in range(len(one) + 1):
        head, tail = one[:place], one[place:]
        edits |= {head + letter + tail for letter in alphabet}
        edits |= {head + tail[1:]}
        edits |= {head + letter + tail[1:] for letter in alphabet}
        edits |= {head + tail[1:2] + tail[:1] + tail[2:]}

    assert within_one_edit(one, other) == (other in edits)


@pytest.mark.usefixtures("hasty_threads")
def test_people_who_answer_at_the_same_moment_do_not_get_each_other_s_words() -> None:
    pairs = [("Passwörter", "Passwort"), ("Einwilligungen", "Einwilligung")] * 200

    with ThreadPoolExecutor(4) as threads:
        found = threads.map(lambda pair: likeness(*pair, freely=True), pairs)

    assert set(found) == {Likeness.FORM}


# --- Numbers ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1234", "1234"),
        ("1.234", "1234"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1 234,5", "1234.5"),
        ("1\u202f234", "1234"),
        ("1'234.50", "1234.5"),
        ("1’234", "1234"),
        ("1,234", "1.234"),
        ("1234.567", "1234.567"),
        ("0,123", "0.123"),
        ("0.123", "0.123"),
        ("3,5", "3.5"),
        ("3.50", "3.5"),
        (",5", "0.5"),
        ("5.", "5"),
        ("-3,5", "-3.5"),
        ("\u2212 3", "-3"),
        ("+7", "7"),
        ("1,5 Mio.", "1500000"),
        ("2 Milliarden", "2000000000"),
        ("80 Tausend", "80000"),
        ("007", "7"),
    ],
)
def test_numbers_are_read_as_germans_write_them(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    ("text", "number"), [("1.234", "1.234"), ("1,234", "1234"), ("3,5", "3.5")]
)
def test_in_english_a_point_before_three_digits_parts_fractions(text, number) -> None:
    assert read_number(text, decimal=".") == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "", "-", "viele", "3 bis 5", "12.34.56", "1.23,4.5", "1,2,3", "1..2", "5 km",
        "1e5", "--3", "3 4", "12 3456", "1 234 5", "9" * 40, "½ Liter", "0x10", "٣",
    ],
)  # fmt: skip
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert read_number(text) is None


@given(st.integers(-(10**12), 10**12), st.integers(0, 99))
def test_a_number_is_read_back_however_it_is_written(whole: int, cents: int) -> None:
    number = Decimal(f"{whole}.{cents:02}")
    international = f"{whole:,}.{cents:02}"
    german = international.translate(str.maketrans(",.", ".,"))

    for text in (international, german, german.replace(".", " "), str(number)):
        assert read_number(text) == number
        assert read_number(text, decimal=".") == number


@given(typed)
def test_no_text_is_too_odd_to_be_read(text: str) -> None:
    number = read_number(text)

    assert number is None or number.is_finite()
