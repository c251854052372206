"""Fail when a German message is missing, fuzzy, or not collected yet.

Collects the messages in a copy of the project, so that the checkout stays as it is.
Needs ``xgettext``.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
CATALOGUE = Path("locale/de/LC_MESSAGES/django.po")
SOURCES = ("learnsite", "content", "courses", "locale", "manage.py")


def collected() -> polib.POFile:
    """Return the German catalogue as ``makemessages`` would write it now."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in SOURCES:
            source = ROOT / name
            if source.is_dir():
                ignored = shutil.ignore_patterns("__pycache__", "library", "static")
                shutil.copytree(source, copy / name, ignore=ignored)
            else:
                shutil.copy(source, copy / name)
        subprocess.run(
            [sys.executable, "manage.py", "makemessages", "-l", "de", "--no-location"],
            cwd=copy,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "learnsite.settings.dev"},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        return polib.pofile(str(copy / CATALOGUE))


def main() -> int:
    """Print what is missing and return how a process should end."""
    german = collected()
    problems = [(entry, "missing") for entry in german.untranslated_entries()]
    problems += [(entry, "fuzzy") for entry in german.fuzzy_entries()]
    for entry, problem in problems:
        sys.stdout.write(f"{problem}: {entry.msgid!r}\n")
    done = len(german.translated_entries())
    sys.stdout.write(f"German: {done} messages, {len(problems)} to mend.\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
