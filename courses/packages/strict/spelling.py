"""Spelling, checked by hunspell: an optional program, asked once for each language."""

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from .findings import Finding
from .passages import Passage, Sheet
from .word_list import JOINTS, WordList, tokens

#: Dictionary and Debian package by language.
DICTIONARIES = {
    "de": ("de_DE", "hunspell-de-de"),
    "en": ("en_GB", "hunspell-en-gb"),
}


def missing_programs(languages: Iterable[str]) -> list[str]:
    """Return the Debian packages without which spelling cannot be checked."""
    if not shutil.which("hunspell"):
        needed = {DICTIONARIES[each][1] for each in languages if each in DICTIONARIES}
        return ["hunspell", *sorted(needed)]
    there = _dictionaries_there()
    return sorted(
        DICTIONARIES[each][1]
        for each in set(languages)
        if each in DICTIONARIES and DICTIONARIES[each][0] not in there
    )


def _dictionaries_there() -> set[str]:
    # It prints its list on standard error, then waits for text.
    told = _hunspell(["-D"], "").stderr
    return {line.rpartition("/")[2].strip() for line in told.splitlines()}


def unknown_words(spelled: Iterable[str], language: str) -> frozenset[str]:
    """Return the words hunspell does not know; one process for all of them."""
    dictionary = DICTIONARIES[language][0]
    asked = "\n".join(sorted(set(spelled)))
    return frozenset(_hunspell(["-d", dictionary, "-l"], asked).stdout.split())


def _hunspell(options: list[str], text: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - fixed words, and the text goes by the pipe
        [shutil.which("hunspell") or "hunspell", "-i", "utf-8", *options],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def misspelled(sheets: Sequence[Sheet], language: str) -> Iterator[Finding]:
    """Find words of one language that neither the dictionary nor the lists know."""
    spelled = {
        form
        for sheet in sheets
        for passage in sheet.own
        for token in tokens(passage.own_text)
        for form in _forms_of(token)
    }
    unknown = unknown_words(spelled, language)
    for sheet in sheets:
        seen: set[str] = set()
        for passage in sheet.own:
            for token in tokens(passage.own_text):
                if token not in seen and not _is_right(token, sheet.listed, unknown):
                    seen.add(token)
                    yield _finding(sheet, passage, token, language)


def _finding(sheet: Sheet, passage: Passage, token: str, language: str) -> Finding:
    message = _(
        "The dictionary does not know “%(word)s”; mend it, mark it as foreign "
        "({en}`…`), or add it to words.%(language)s.txt if it is right."
    ) % {"word": token, "language": language}
    return Finding(sheet, message, passage, token)


def _forms_of(token: str) -> set[str]:
    parts = JOINTS.split(token)
    forms = {token, *parts}
    if len(parts) > 1:
        forms |= {part.capitalize() for part in parts}
        forms |= {part.lower() for part in parts}
        forms.add(parts[0] + "".join(part.lower() for part in parts[1:]))
    return forms


def _is_right(token: str, listed: WordList, unknown: frozenset[str]) -> bool:
    def is_known(form: str) -> bool:
        return form not in unknown or listed.has(form)

    parts = JOINTS.split(token)
    if is_known(token):
        return True
    if len(parts) == 1:
        return False
    joined = parts[0] + "".join(part.lower() for part in parts[1:])
    return is_known(joined) or all(
        is_known(part) or is_known(part.capitalize()) or is_known(part.lower())
        for part in parts
    )
