"""What learners type, compared with what authors accept. Pure, like all of grading.

Case, spacing, hyphens, punctuation and the two spellings of umlauts and ß never count.
A slip of one letter is forgiven where it does not make another word of it: digits,
negations and beginnings such as *an-* and *ab-* have to be right. Answers are compared
as a whole: an answer among other words is none.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import IntEnum
from functools import cached_property, lru_cache

import snowballstemmer

#: What somebody types into one field; longer texts are cut.
MAX_TYPED = 200
#: Words shorter than this have to be right in every letter.
LONG_WORD = 5
#: Words run together hide more words that are one letter apart.
LONG_COMPOUND = 10
NEVER = MAX_TYPED + 1
#: More than the stemmer takes off any word.
LONGEST_ENDING = 15

#: Numbers with their signs, words, and the signs that say something by themselves.
_WORD = re.compile(
    r"(?:(?<!\S)[-−])?[0-9]++(?:[.,][0-9]++)*+(?![^\W\d_])|[^\W_]+|[%€$§&@#+*=<>]"
)
_GAPS = re.compile(r"(?<![0-9]) | (?![0-9])")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ACCENT = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")

_ARTICLES = frozenset(
    "der die das den dem des ein eine einen einem einer eines the a an".split()
)
_LEADS = tuple(
    tuple(lead.split())
    for lead in (
        "das ist", "das sind", "es ist", "es sind", "das nennt man", "man nennt das",
        "das heisst", "it is", "this is", "they are",
    )
)  # fmt: skip
_NEGATION = re.compile(
    r"kein(?:e[mnrs]?)?|nichts?|nie(?:mals|mand(?:e[mn])?)?|nirgend\w*|weder|ohne"
    r"|not?|never|none|nothing|without"
)
#: Beginnings of words that are one letter apart and never mean the same.
_BEGINNINGS = (
    ("", "a"), ("ab", "an"), ("auf", "aus"), ("be", "ge"), ("er", "her"), ("er", "ver"),
    ("ver", "vor"), ("ver", "zer"),
)  # fmt: skip
#: What bends a German word. The “er” of *Anwender* does not: it makes a word of it.
_BENDS = re.compile(r"(?:e[ns]?|s|(?<=[elr])n)+$")
_FEMININE = re.compile(r"(?<=er)inn?$")
#: Words whose plural ends in “er”; few do, and no new word does.
_PLURAL = re.compile(
    r"(?:amt|bad|band|bild|blatt|brett|buch|dach|denkmal|dorf|fach|fass|feld|geist|geld"
    r"|gesicht|glas|glied|grab|gut|haus|holz|huhn|kind|kleid|kraut|land|licht|lied|loch"
    r"|mann|nest|pfand|rad|rand|schild|schloss|tal|tuch|tum|volk|wald|wort|wurm)ern?$"
)
#: Adjectives, participles above all: their “er” and “em” are endings like any other.
_ADJECTIVE = re.compile(
    r"(?:..(?:lich|isch|ig|bar|sam|los|haft|voll|iv|al|nym|en|iert|igt|elt|(?<!w)ert|tzt)"
    r"|fremd|geheim|privat|sicher|stark)e[mr]$"
)
_UMLAUT_IN_TWO = re.compile("([ao]|(?<![qaeiouyäöü])u)e")


class Likeness(IntEnum):
    """How near what was typed comes to an accepted form."""

    OTHER = 0
    #: One letter too many, too few, wrong or swapped with its neighbour.
    SLIP = 1
    #: Another form of the same word: plural, case, ending.
    FORM = 2
    SAME = 3


def tidy(text: str) -> str:
    """Return what was typed as one line without invisible signs, cut to a length."""
    text = unicodedata.normalize("NFC", text[: 4 * MAX_TYPED])
    if not text.isprintable():
        text = "".join(map(_visible, text))
    return " ".join(text.split())[:MAX_TYPED].strip()


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in the spelling in which they are compared."""
    return tuple(_fold(word) for word in _plain_words(text))


def spelling(form: str) -> str:
    """Return what an author wrote in the spelling in which it is compared."""
    return " ".join(word.folded for word in _accepted_phrase(form, False).words)


def likeness(given: str, accepted: str, *, freely: bool = False) -> Likeness:
    """Compare what was typed with one accepted form.

    ``freely`` forgives what does not fit into a gap of a sentence, but is the same
    answer: other forms of a German word, articles, and “das ist” in front.
    """
    return nearest(given, [accepted], freely=freely)[0]


def nearest(
    given: str, accepted: Iterable[str], *, freely: bool = False
) -> tuple[Likeness, str]:
    """Return how near the nearest accepted form is, and that form; "" for none."""
    phrase = _Phrase(given, freely)
    forms = [(form, _accepted_phrase(form, freely)) for form in accepted]
    # Most answers are right as they are: nothing else is looked at, nothing stemmed.
    for form, other in forms:
        if phrase.words and phrase.together.folded == other.together.folded:
            return Likeness.SAME, form
    found = Likeness.OTHER, ""
    for form, other in forms:
        how = _phrase_likeness(phrase, other, freely, found[0])
        if how > found[0]:
            found = how, form
    return found


class _Word:
    """A word as it was written, as it is compared, and without its ending."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = _fold(text)

    @cached_property
    def stem(self) -> str:
        # One of our own: a stemmer holds its word, and threads would mix theirs.
        return _fold(snowballstemmer.stemmer("german").stemWord(self.text))

    @cached_property
    def plain(self) -> str:
        """The word with its vowels as the stemmer leaves them."""
        return _fold(_plain_vowels(self.text))

    @cached_property
    def derivation(self) -> str:
        """What makes another word of the stem: the “ung” of *Anwendung*, else ""."""
        if not self.plain.startswith(self.stem):
            return ""
        ending = self.plain[len(self.stem) :]
        if _PLURAL.search(self.plain):
            ending = ""
        elif _ADJECTIVE.search(self.plain):
            ending = ending[:-2]
        return _FEMININE.sub("", _BENDS.sub("", ending))

    def has_stem_of(self, other: "_Word") -> bool:
        """Say whether both have one stem; long words that begin apart need no stems."""
        sure = max(0, min(len(self.plain), len(other.plain)) - LONGEST_ENDING)
        return self.plain[:sure] == other.plain[:sure] and self.stem == other.stem

    @cached_property
    def has_digit(self) -> bool:
        return any(sign.isdigit() for sign in self.folded)


class _Phrase:
    """A text as its words, and as the one word that they would be as a compound."""

    def __init__(self, text: str, freely: bool) -> None:
        plain = _plain_words(text)
        self.words = [_Word(word) for word in (_core(plain) if freely else plain)]
        # Two numbers never become one.
        joined = _GAPS.sub("", " ".join(word.text for word in self.words))
        self.together = _Word(joined)


@lru_cache(maxsize=4096)
def _accepted_phrase(text: str, freely: bool) -> _Phrase:
    """Return what an author wrote; what learners type is not kept, not even here."""
    return _Phrase(text, freely)


def _visible(sign: str) -> str:
    """Return a sign, a blank for a control sign, nothing for what nobody sees."""
    category = unicodedata.category(sign)
    if category == "Cc":
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else sign


def _plain_words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", tidy(text)).casefold())


def _fold(word: str) -> str:
    if word.isascii():
        return word
    plain = unicodedata.normalize("NFD", word.translate(_GERMAN))
    return unicodedata.normalize("NFC", _ACCENT.sub("", plain))


def _plain_vowels(word: str) -> str:
    """Return a word with its umlauts as the stemmer leaves them: *a* for *ä* and *ae*.

    Not so in *neue* and *Steuer*: there, “ue” is none.
    """
    plain = unicodedata.normalize("NFD", _UMLAUT_IN_TWO.sub(r"\1", word))
    return "".join(sign for sign in plain if sign != "\u0308")


def _core(given: Sequence[str]) -> list[str]:
    """Leave out what stands around an answer, but never everything."""
    folded = tuple(map(_fold, given))
    lead = next((len(lead) for lead in _LEADS if folded[: len(lead)] == lead), 0)
    rest = [word for word in given[lead:] if word not in _ARTICLES]
    return rest or list(given)


def _phrase_likeness(
    given: _Phrase, accepted: _Phrase, freely: bool, beyond: Likeness
) -> Likeness:
    """Compare two texts; what is no nearer than ``beyond`` may be called OTHER."""
    if not given.words or not accepted.words:
        return Likeness.OTHER
    is_parted_alike = len(given.words) == len(accepted.words)
    # Where words stand side by side, each of them has to be right by itself.
    long = NEVER if is_parted_alike else LONG_COMPOUND
    together = _word_likeness(given.together, accepted.together, freely, long, beyond)
    if not is_parted_alike:
        return together
    apart = Likeness.SAME
    for pair in zip(given.words, accepted.words, strict=True):
        apart = min(apart, _word_likeness(*pair, freely, LONG_WORD, beyond))
        if apart == Likeness.OTHER:
            break
    return max(together, apart)


def _word_likeness(
    given: _Word, accepted: _Word, freely: bool, long: int, beyond: Likeness
) -> Likeness:
    if given.folded == accepted.folded:
        return Likeness.SAME
    if given.has_digit or accepted.has_digit:
        number = read_number(given.text)
        same = number is not None and number == read_number(accepted.text)
        return Likeness.SAME if same else Likeness.OTHER
    if freely and given.has_stem_of(accepted):
        # *Anwender* is nobody's slip of *Anwendung*, nor *Nutzer* of *Nutzen*.
        is_form = given.derivation == accepted.derivation
        return Likeness.FORM if is_form else Likeness.OTHER
    if beyond >= Likeness.SLIP or min(len(given.text), len(accepted.text)) < long:
        return Likeness.OTHER
    if _is_slip(given.folded, accepted.folded):
        return Likeness.SLIP
    if freely and min(len(given.stem), len(accepted.stem)) >= long:
        same_kind = given.derivation == accepted.derivation
        if same_kind and _is_slip(given.stem, accepted.stem):
            return Likeness.SLIP
    return Likeness.OTHER


def _is_slip(given: str, accepted: str) -> bool:
    return within_one_edit(given, accepted) and not _is_another(given, accepted)


def _is_another(given: str, accepted: str) -> bool:
    """Say whether one letter makes the opposite or another word of it."""
    if bool(_NEGATION.fullmatch(given)) != bool(_NEGATION.fullmatch(accepted)):
        return True
    if len(given) == len(accepted) <= LONG_WORD and given[1:] == accepted[1:]:
        # In a short word, *Taten* for *Daten*, the first letter says which one it is.
        return True
    return any(
        one.startswith(start) and other == end + one[len(start) :]
        for start, end in _BEGINNINGS
        for one, other in ((given, accepted), (accepted, given))
    )


def within_one_edit(one: str, other: str) -> bool:
    """Say whether one insertion, deletion, exchange or swap makes both the same.

    That is a Damerau-Levenshtein distance of at most 1.
    """
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    end = 0
    shorter = min(len(one), len(other)) - start
    while end < shorter and one[-1 - end] == other[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(left) <= 1 and len(right) <= 1:
        return True
    return len(left) == 2 and left == right[::-1]


# --- Numbers ------------------------------------------------------------------------

MAX_DIGITS = 30
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)\s*(?P<figure>[0-9.,' ]*[0-9])\s*(?P<scale>[a-z]+)?"
)
_SPACED = re.compile(r"[0-9]{1,3}(?:[ '][0-9]{3})+(?=[.,]|$)")
_POINTED = re.compile(r"[0-9]{1,3}(?:(?:\.[0-9]{3})+|(?:,[0-9]{3})+)")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_PLAIN = re.compile(r"[0-9]+\.[0-9]+")
_SCALES = {
    "tsd": 3, "tausend": 3, "thousand": 3,
    "mio": 6, "million": 6, "millionen": 6,
    "mrd": 9, "milliarde": 9, "milliarden": 9,
}  # fmt: skip


def read_number(text: str, *, decimal: str = ",") -> Decimal | None:
    """Read a number in German or international notation, or return None.

    ``1.234,5``, ``1,234.5``, ``1 234,5``, ``1234.5`` and ``1,5 Mio.`` explain
    themselves. Only a single sign before three digits does not (``1.234``): there
    ``decimal`` says which sign parts whole numbers from fractions.
    """
    plain = unicodedata.normalize("NFKC", tidy(text)).casefold()
    plain = plain.translate({ord("−"): "-", ord("–"): "-", ord("’"): "'"})
    match = _NUMBER.fullmatch(plain.rstrip(" .,;:!"))
    if not match:
        return None
    scale = _SCALES.get(match["scale"] or "", 0 if match["scale"] is None else -1)
    figure = _plain_figure(match["figure"].strip(), decimal)
    if scale < 0 or figure is None or len(figure) > MAX_DIGITS:
        return None
    number = Decimal(figure).scaleb(scale)
    return -number if match["sign"] == "-" else number


def _plain_figure(figure: str, decimal: str) -> str | None:
    """Return a figure with a point and no other sign, or None if it makes no sense."""
    spaced = _SPACED.match(figure)
    if spaced:
        figure = re.sub(r"[ ']", "", spaced.group()) + figure[spaced.end() :]
    sign = _decimal_sign(figure, "" if spaced else decimal)
    whole, _sign, fraction = figure.partition(sign) if sign else (figure, "", "")
    if not spaced and _POINTED.fullmatch(whole):
        whole = re.sub(r"[.,]", "", whole)
    plain = f"{whole or '0'}.{fraction or '0'}"
    return plain if _PLAIN.fullmatch(plain) else None


def _decimal_sign(figure: str, decimal: str) -> str:
    """Return the sign before the fraction; "" if there is none."""
    signs = [sign for sign in figure if sign in ".,"]
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) != 1:
        return ""
    if decimal and _AMBIGUOUS.fullmatch(figure):
        return decimal if signs[0] == decimal else ""
    return signs[0]
