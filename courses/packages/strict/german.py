"""German forms told by their look: passive, genitive, conjunctive, noun style.

These are rules of thumb about words, without a grammar. They are meant to miss rather
than to accuse: what they report should be worth a look.
"""

import itertools
import re
from collections.abc import Collection, Iterable, Iterator

CLAUSES = re.compile(r"[,;:–()]|\s(?:aber|denn)\s")

# --- Passive ------------------------------------------------------------------------

WERDEN = frozenset("werde wirst wird werden werdet wurde wurdest wurden worden".split())
SEPARABLE = (
    "ab|an|auf|aus|bei|bereit|da|dar|durch|ein|fest|fort|frei|heraus|herum|her|hinaus|"
    "hinein|hinzu|hin|kennen|los|mit|nach|nieder|offen|still|statt|teil|um|unter|vor|"
    "voraus|vorbei|weg|weiter|wieder|zurück|zusammen|zu|über"
)
WITH_GE = re.compile(rf"(?:{SEPARABLE})?-?ge\w{{2,}}(?:t|en)")
WITHOUT_GE = re.compile(
    rf"(?:(?:{SEPARABLE})?-?(?:be|emp|ent|er|miss|ver|zer|über|unter|hinter|wider)"
    r"\w{3,}t|\w{3,}iert)"
)
STRONG = re.compile(
    rf"(?:{SEPARABLE})?-?(?:be|ent|er|ver|zer|über|unter|wider)(?:schrieben|geben|boten|"
    r"hoben|loren|standen|gessen|lassen|schlossen|glichen|wiesen|tragen|nommen|sprochen|"
    r"brochen|worfen|zogen|bunden|funden|hoben|rissen|schoben|rufen|messen|arbeiten|"
    r"schnitten|schieden|gangen|trieben|raten|legen)"
)
#: They look like participles and are none: infinitives, adjectives, adverbs.
NO_PARTICIPLES = frozenset(
    """
    gehen geben gelten gehören genießen gewinnen geschehen gelangen gefallen gestalten
    genügen gestehen gebären gewähren gelingen gefährden geraten gesamt gesund gerecht
    bereit bekannt beliebt berühmt bestimmt berechtigt betroffen erst ernst erlaubt
    verrückt vertraut verwandt entfernt überhaupt verschieden vielleicht begeistert
    interessiert kompliziert zufrieden bequem geeignet geheim
    vergeben verlassen übertragen vergessen verraten verstanden unterlassen
    aufgeben angeben eingeben weitergeben ausgeben abgeben herausgeben nachgeben
    mitgeben vorgeben zugeben angehen ausgehen umgehen vorgehen weitergehen mitgehen
    zurückgehen untergehen nachgehen hingehen losgehen weggehen zurückgeben preisgeben
    ergeben begeben überarbeiten verarbeiten unterlegen überlegen verlegen
    """.split()
)


def is_participle(word: str) -> bool:
    """Say whether a word looks like a past participle; names and nouns do not."""
    if word in NO_PARTICIPLES or not word[:1].islower():
        return False
    return any(form.fullmatch(word) for form in (WITH_GE, WITHOUT_GE, STRONG))


def is_passive(sentence: str) -> bool:
    """Say whether a clause has a form of *werden* and a past participle.

    Not seen: the passive without *werden* („ist gespeichert“) and rare participles.
    """
    for clause in CLAUSES.split(sentence):
        words = re.findall(r"[\w-]+", clause)
        if not any(word.lower() in WERDEN for word in words):
            continue
        if len(words) > 1 and words[1] in WERDEN:  # „Gelöscht wird erst …“
            words[0] = words[0].lower()
        if any(is_participle(word) for word in words):
            return True
    return False


# --- Address ------------------------------------------------------------------------

#: What others say or write, letters and dialogues among it.
QUOTED = re.compile(r"„[^“]*“|‚[^‘]*‘|»[^«]*«")
SAYS_DU = re.compile(r"\b[Dd](?:u|ich|ir|ein(?:e[mnrs]?)?)\b")
#: Where a sentence begins, „Sie“ may be people of whom it speaks.
SAYS_SIE = re.compile(r"(?<=[\w,–-] )(?:Sie|Ihnen|Ihr(?:e[mnrs]?)?)\b")


def without_quotes(text: str) -> str:
    """Return a text without the words between quotation marks."""
    return QUOTED.sub("„…“", text)


# --- Genitive -----------------------------------------------------------------------

NOUN = r"[A-ZÄÖÜ][\w-]+"
OF_NEUTERS = re.compile(
    rf"\b[Dd]es\s+(?:\w+en\s+)?{NOUN}"
    rf"|\b(?:ein|mein|dein|sein|ihr|unser|kein|dies|jen)es\s+(?:\w+en\s+)?"
    rf"[A-ZÄÖÜ][\w-]*(?:[^s\W]s|[^s\W]es)\b"
)
OF_THE = re.compile(
    rf"\b{NOUN}\s+(?:der|meiner|deiner|seiner|ihrer|unserer|einer|dieser)\s+"
    rf"(?:\w+en\s+)?{NOUN}"
)
WITH_GENITIVE = re.compile(r"\b(?:[Ww]egen|[Ww]ährend|[Tt]rotz|[Aa]ufgrund)\s+\w+")
#: „Das“ and „Was“ are no names with an s.
POSSESSIVE = re.compile(rf"\b(?!Das\b|Was\b)(?P<name>[A-ZÄÖÜ][\w-]+?)s\s+{NOUN}")
DETERMINER = re.compile(
    r"(?:d(?:er|ie|as|en|em|es)|(?:m|d|s|k)?ein\w{0,2}|ihr\w{0,2}|jed\w+|dies\w+|welch\w+"
    r"|viel\w*|manch\w+|\w+[rlnst]e[nrsm]?|zum|zur|im|am|\d+)",
    re.IGNORECASE,
)
#: Neuter nouns whose own last letter is an s, as in „dieses Haus“.
ENDS_IN_S = re.compile(
    r"(?:haus|glas|gas|gras|eis|los|moos|mal|verzeichnis|nis|us)$", re.I
)
DATIVE_VERBS = re.compile(
    r"\b(?:gib|gibt|geben|gab|hilf\w*|helf\w*|half|schreib\w*|schick\w*|zeig\w*|sag\w*|"
    r"dank\w*|glaub\w*|erklär\w*|erzähl\w*|antwort\w*|gehör\w*|les\w*|liest)\b"
)


def genitives(sentence: str, names: Collection[str] = ()) -> Iterator[str]:
    """Yield what looks like a genitive.

    ``names`` are those of people and towns (:func:`names_in`): with an s they own what
    follows („Lenas Handy“).
    """
    for match in OF_NEUTERS.finditer(sentence):
        last = re.split(r"\s+", match.group())[-1]
        if match.group().lower().startswith("des ") or not ENDS_IN_S.search(last):
            yield match.group()
    if not DATIVE_VERBS.search(sentence):
        for match in OF_THE.finditer(sentence):
            # What starts a sentence with a capital letter need be no noun.
            if not re.search(r"(?:^|[:„“])\s*$", sentence[: match.start()]):
                yield match.group()
    yield from (match.group() for match in WITH_GENITIVE.finditer(sentence))
    for match in POSSESSIVE.finditer(sentence):
        if match["name"] in names:
            yield match.group()


def names_in(texts: Iterable[str]) -> frozenset[str]:
    """Return words with a capital letter that no article ever stands before."""
    capital: set[str] = set()
    common: set[str] = set()
    for text in texts:
        words = re.findall(r"[\w-]+", text)
        capital |= {word for word in words if word[0].isupper()}
        common |= {
            word
            for before, word in itertools.pairwise(words)
            if DETERMINER.fullmatch(before)
        }
    return frozenset(capital - common)


# --- Conjunctive, negation, numbers, noun style ------------------------------------

CONJUNCTIVE = re.compile(
    r"\b(?:wär|würd|hätt|könnt|müsst|dürft|sollt|bräucht|gäb|käm|ging|wüsst|ließ)"
    r"e(?:n|st|t)?\b",
    re.IGNORECASE,
)
NEGATION = re.compile(r"\b(?:nicht|nichts|nie|niemals|niemand\w*|kein\w*)\b", re.I)
NUMBER_WORDS = re.compile(
    r"\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|hundert|tausend)\b",
    re.IGNORECASE,
)
NOUN_STYLE = re.compile(r"[A-ZÄÖÜ]\w{2,}(?:ung|heit|keit|ität|tion|sion)(?:en|s)?")
#: They end like those and are things, people or measures.
THINGS = re.compile(
    r"(?:zeitung|wohnung|abteilung|leitung|kleidung|siedlung|lektion|position|station"
    r"|million|einheit|nation|pension|schwung|sprung)(?:en|s)?$",
    re.IGNORECASE,
)
MAN = re.compile(r"\b[Mm]an\b")


def conjunctives(sentence: str) -> list[str]:
    """Return the forms that say what would be; „möchte“ is none of them."""
    return [match.group() for match in CONJUNCTIVE.finditer(sentence)]


def is_noun_style(word: str) -> bool:
    """Say whether a noun was made of a verb or an adjective („Verarbeitung“)."""
    return bool(NOUN_STYLE.fullmatch(word)) and not THINGS.search(word)
