"""Compile message catalogues without gettext's programs.

``msgfmt`` is missing on a fresh machine, so a Python package does its work. It runs
before every management command and test run and costs one ``stat`` per catalogue.
"""

import os
from pathlib import Path

from pythongettext.msgfmt import Msgfmt

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


def compile_changed(locale_dir: Path = LOCALE_DIR) -> list[Path]:
    """Write each ``.mo`` whose time is not its sources' and return those written."""
    written = []
    for source in sorted(locale_dir.glob("*/LC_MESSAGES/*.po")):
        target, sources = source.with_suffix(".mo"), [*_wider(source), source]
        changed = max(each.stat().st_mtime_ns for each in sources)
        if target.exists() and target.stat().st_mtime_ns == changed:
            continue
        # Written beside and renamed: a parallel start never reads half a file.
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        partial.write_bytes(_compiled(sources))
        # The time of what was read: an edit meanwhile is not taken for compiled.
        os.utime(partial, ns=(changed, changed))
        partial.replace(target)
        written.append(target)
    return written


def _wider(source: Path) -> list[Path]:
    """Return the catalogue of the language that this one is a variant of, if any.

    A variant takes from it what it lacks: left to Django, the words that libraries have
    for the language would come before ours.
    """
    folder = source.parent.parent
    language, _mark, variant = folder.name.partition("_")
    wider = folder.with_name(language) / "LC_MESSAGES" / source.name
    return [wider] if variant and wider.exists() else []


def _compiled(sources: list[Path]) -> bytes:
    """Return a catalogue of what the sources say; of two words the later counts."""
    messages: dict[str, str] = {}
    for source in sources:
        catalogue = Msgfmt(source.read_bytes().splitlines(True))
        catalogue.read()
        catalogue.messages = messages = {**messages, **catalogue.messages}
    return catalogue.generate()
