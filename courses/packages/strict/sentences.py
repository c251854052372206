"""Texts in sentences and words, as German and English write them."""

import re
from collections.abc import Iterator

#: Never the end of a sentence; letter and point (``z. B.``, ``T. Berger``) are not
#: listed, because they are told by their length.
ABBREVIATIONS = frozenset(
    """
    Abb Abs Art Artt Aufl Az Buchst Bd Dr Fr Hr Hrsg Jh Kap Lit Mio Mrd Nr Prof Rn Rdnr
    Red Reg St Str Tab Tel Urt Verf Vgl Ziff bspw bzw ca dgl ebd einschl evtl f ff geb
    ggf gem inkl insb lit max min mind sog span tel u urspr v vgl wg zzgl zz approx
    e.g i.e cf no No vs Mr Ms Mrs para
    """.split()
)
#: What follows a number with a point that is an ordinal.
AFTER_ORDINALS = (
    r"(?:Jan|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez|Jahrhundert|Klasse|Schuljahr"
    r"|Stock|Etage|Stunde|Lektion|Schritt|Platz|Mal|Tag|Woche|Monat|Jahr|Stelle)"
)
END = re.compile(r"[.!?…]+[“”‘’\"»)\]]*(?=\s+|$)")
STARTS_ANEW = re.compile(r"\s+[„“‚‘»(\"'–-]*\s*[A-ZÄÖÜ0-9\[]")
WORD = re.compile(r"\w+(?:[-–’'.,:·/@&]\w+)*")
LAST_WORD = re.compile(r"[\w.]+$")


def sentences(text: str) -> Iterator[str]:
    """Yield the sentences of one paragraph.

    A point behind an abbreviation, a single letter or an ordinal ends none, and an end
    is one only where the next word may start a sentence.
    """
    start = 0
    for match in END.finditer(text):
        if _goes_on(text, start, match):
            continue
        if sentence := text[start : match.end()].strip():
            yield sentence
        start = match.end()
    if rest := text[start:].strip():
        yield rest


def _goes_on(text: str, start: int, match: re.Match[str]) -> bool:
    behind = text[match.end() :]
    if not behind.strip():
        return False
    if not STARTS_ANEW.match(behind):
        return True
    if match.group() != ".":
        return False
    before = LAST_WORD.search(text, start, match.start())
    word = before.group() if before else ""
    if len(word) == 1 and word.isalpha():
        return True
    if re.fullmatch(r"(\w\.)+\w", word) or word in ABBREVIATIONS:
        return True
    is_ordinal = word.isdigit() and len(word) <= 2
    return is_ordinal and bool(re.match(rf"\s+{AFTER_ORDINALS}", behind))


def is_whole(sentence: str) -> bool:
    """Say whether a sentence has an end; labels and entries of lists have none."""
    return bool(re.search(r"[.!?…][“”‘’\"»)\]]*$", sentence))


def words(text: str) -> list[str]:
    """Return the words and numbers; a word with hyphens is one."""
    return WORD.findall(text)
