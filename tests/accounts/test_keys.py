"""Learning keys: what they are made of, and how forgivingly they are read."""

import hashlib
import hmac
import unicodedata

import pytest
from django.test import override_settings

from learnsite.accounts import keys, pseudonyms


def _spelt(word: str) -> str:
    return word.lower().translate(
        str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    )


def test_list_has_2048_words_that_no_spelling_confuses():
    words = keys.word_list()

    assert len(words) == 2048
    assert len({_spelt(word) for word in words}) == 2048


def test_key_has_six_words_of_the_list():
    words = keys.generate()

    assert len(words) == 6
    assert set(words) <= set(keys.word_list())


def test_two_keys_differ():
    assert keys.generate() != keys.generate()


@pytest.mark.parametrize(
    "write",
    [
        "-".join,
        " ".join,
        ", ".join,
        "\n".join,
        lambda words: "  " + "  ".join(words).upper() + "\n",
        lambda words: " – ".join(word.capitalize() for word in words),
        lambda words: "\n".join(f"{n}. {word}" for n, word in enumerate(words, 1)),
        lambda words: " ".join(f"{n}){word}" for n, word in enumerate(words, 1)),
        lambda words: " ".join(_spelt(word) for word in words),
        lambda words: unicodedata.normalize("NFD", "-".join(words)),
        lambda words: "https://lernen.example/schluessel/#" + keys.fragment(words),
    ],
)
def test_reads_what_people_type_and_paste(write):
    words = keys.generate()

    assert keys.read(write(words)) == keys.TypedKey(words)


def test_every_word_is_read_in_every_spelling():
    for word in keys.word_list():
        assert keys.read(word).words == (word,)
        assert keys.read(_spelt(word)).words == (word,)
        assert keys.read(word.upper()).words == (word,)


def test_names_the_unknown_word_and_the_nearest():
    word = max(keys.word_list(), key=len)
    slipped = word[:-1] + ("q" if word[-1] != "q" else "x")

    typed = keys.read(slipped)

    assert typed.words == ()
    assert typed.unknown == (slipped,)
    assert keys.nearest(slipped) == word


@pytest.mark.parametrize("word", keys.word_list()[::16])
def test_a_word_one_slip_away_is_always_found(word):
    spelt = _spelt(word)
    swapped = spelt[:-2] + spelt[-1] + spelt[-2]

    for slipped in (spelt[1:], f"{spelt}q", f"q{spelt[1:]}", swapped):
        # Two words can lie as near; which of them is named does not matter.
        assert keys._distance(slipped, _spelt(keys.nearest(slipped)), 3) <= 1


def test_swapped_letters_are_one_slip():
    assert keys._distance("abcd", "abdc", 3) == 1
    assert keys._distance("abcd", "abcd", 3) == 0
    assert keys._distance("abcd", "abc", 3) == 1
    assert keys._distance("abcd", "wxyz", 3) == 3


def test_names_no_neighbour_for_a_word_from_elsewhere():
    assert keys.read("xqxqxqxqxq").unknown == ("xqxqxqxqxq",)
    assert keys.nearest("xqxqxqxqxq") is None


def test_long_input_is_cut_before_it_is_read():
    assert len(keys.read("xqxq " * 5000).unknown) == keys.LONGEST_INPUT // 5


def test_too_few_words_are_not_complete():
    assert keys.read("-".join(keys.generate()[:5])).complete is False


def test_hash_is_keyed_by_the_newest_pepper_and_found_under_all():
    words = keys.generate()
    message = keys.fragment(words).encode()

    with override_settings(LEARNING_KEY_PEPPERS=["neu", "alt"]):
        expected = [
            hmac.new(b"neu", message, hashlib.sha256).hexdigest(),
            hmac.new(b"alt", message, hashlib.sha256).hexdigest(),
        ]
        assert keys.key_hashes(words) == expected
        assert keys.key_hash(words) == expected[0]


def test_fragment_is_plain_ascii():
    assert keys.fragment(("brücke", "straße")) == "bruecke-strasse"


def test_pseudonym_is_adjective_animal_and_number():
    for _ in range(50):
        adjective, *animal, number = pseudonyms.invent().split(" ")
        assert adjective[0].isupper()
        assert adjective.endswith(("er", "e", "es"))
        assert animal
        assert 2 <= int(number) <= 99


#: What people call each other: stems of adjectives, nouns, and pairs of innocent words.
UNKIND = {
    "alt", "blöd", "dick", "doof", "dumm", "dünn", "faul", "feig", "fett", "hässlich",
    "hohl", "klein", "lahm", "leer", "schräg", "taub", "trüb", "verrückt",
}  # fmt: skip
INSULTS = {
    "Affe", "Armleuchter", "Bock", "Elefant", "Ente", "Esel", "Faultier", "Flasche",
    "Gans", "Geier", "Huhn", "Hund", "Kamel", "Kröte", "Kuh", "Laus", "Leuchte",
    "Made", "Niete", "Nilpferd", "Nuss", "Ochse", "Pfau", "Pfeife", "Pute", "Ratte",
    "Sau", "Schaf", "Schlange", "Schnecke", "Schraube", "Schwein", "Seekuh", "Spinne",
    "Stute", "Tasse", "Tonne", "Vogel", "Wal", "Walross", "Wurm", "Zecke", "Ziege",
}  # fmt: skip
MOCKING = {
    ("flott", "Biene"), ("flott", "Hummel"), ("kess", "Biene"), ("scharf", "Katze"),
    ("falsch", "Katze"), ("süß", "Kaninchen"), ("steil", "Welle"), ("wild", "Löwe"),
    ("scheu", "Reh"), ("bunt", "Fisch"), ("eitel", "Schwan"), ("diebisch", "Elster"),
}  # fmt: skip


@pytest.mark.parametrize("bearer", pseudonyms.Bearer)
def test_no_made_up_name_is_what_people_call_each_other(bearer):
    adjectives = set(keys.lines_of("adjectives.txt"))
    names = {noun for noun, _gender in pseudonyms.nouns(bearer)}
    assert len(adjectives) * len(names) > 2000
    assert not adjectives & UNKIND
    assert not names & INSULTS
    assert not {(a, n) for a in adjectives for n in names} & MOCKING


def test_made_up_names_of_things_decline_as_those_of_animals_do():
    adjectives = set(keys.lines_of("adjectives.txt"))
    genders = dict(pseudonyms.nouns(pseudonyms.Bearer.THING))
    assert not genders.keys() & dict(pseudonyms.nouns(pseudonyms.Bearer.ANIMAL)).keys()
    for _ in range(50):
        adjective, noun = pseudonyms.invent_plain(pseudonyms.Bearer.THING).split(" ")
        ending = {"m": "er", "f": "e", "n": "es"}[genders[noun]]
        assert adjective.removesuffix(ending).lower() in adjectives
