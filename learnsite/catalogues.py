"""Compile message catalogues without gettext's programs.

``msgfmt`` is missing on a fresh machine, so a Python package does its work. It runs
before every management command and test run and costs one ``stat`` per catalogue.
"""

import os
from pathlib import Path

from pythongettext.msgfmt import Msgfmt

LOCALE_DIR = Path(__file__).resolve().parent.parent / "locale"


def compile_changed(locale_dir: Path = LOCALE_DIR) -> list[Path]:
    """Write each ``.mo`` whose time is not its ``.po``'s and return those written."""
    written = []
    for source in sorted(locale_dir.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        changed = source.stat().st_mtime_ns
        if target.exists() and target.stat().st_mtime_ns == changed:
            continue
        # Written beside and renamed: a parallel start never reads half a file.
        partial = target.with_name(f"{target.name}.{os.getpid()}")
        partial.write_bytes(Msgfmt(source.read_bytes().splitlines(True)).get())
        # The time of what was read: an edit meanwhile is not taken for compiled.
        os.utime(partial, ns=(changed, changed))
        partial.replace(target)
        written.append(target)
    return written
