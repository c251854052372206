"""German says everything, Leichte Sprache says the learner's path in plain words.

Messages are collected by ``makemessages`` in a copy of the sources, which needs
gettext's ``xgettext``. Without it those tests skip; CI has it.
"""

import gettext
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import allauth
import django
import polib
import pytest
from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as translated
from django.utils.translation import override

from content.wagtail_words import REWORDED as WAGTAIL_REWORDED
from courses.exercises.registry import question_types
from learnsite.accounts.allauth_words import REWORDED
from learnsite.accounts.personal_data import EDITORIAL_WORK
from learnsite.accounts.registry import declarations
from learnsite.catalogues import LOCALE_DIR, compile_changed

ROOT = LOCALE_DIR.parent
GERMAN = LOCALE_DIR / "de" / "LC_MESSAGES" / "django.po"
PLAIN = LOCALE_DIR / "de_Simple" / "LC_MESSAGES" / "django.po"
GERMAN_OF_ALLAUTH = Path(allauth.__file__).parent / "locale/de/LC_MESSAGES/django.po"
HOW_TO_GET_GETTEXT = "gettext is missing; on Debian and Ubuntu: apt-get install gettext"

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
ADDRESS = re.compile(
    r"\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]ein\w*|euch|euer|eure\w*|Sie|Ihnen|Ihr|Ihre\w*"
    r"|[Bb]itte (bestätige|wähle|prüfe|folge|klick|klicke|melde|gib))\b"
)
LONGEST_SENTENCE = 10

#: Messages that name or use a form of address on purpose.
SPEAKS_TO_SOMEBODY = {
    "du",
    "Sie",
    "There is progress on this device. Is it yours?",
}

#: Messages that libraries have too, and that mean the same for both.
SHARED_WITH_LIBRARIES = {
    "You have added %(count)s security key.",
    "Account",
    "Caption",
    "Changing to",
    "Created",
    "Duration",
    "Number",
    "Save",
    "Search",
    "Site",
    "account",
}

#: Parts of allauth that nobody meets here: phones, codes by mail, other sign-ins, the
#: templates we replaced.
UNUSED_IN_ALLAUTH = re.compile(
    r"socialaccount|usersessions|idp/|headless|phone|_code|signup_by_passkey"
    r"|webauthn/signup_form|verified_email_required|account/fields|admin\.py"
    r"|account/(login|logout|signup|email_change|base_confirm_code)\.html"
    r"|account/password_reset(_done)?\.html|mfa/(index|authenticate|totp/activate_form)\.html"
    r"|templates/mfa/webauthn/[abe]|recovery_codes/index\.html"
    r"|base_notification|warn_no_email|logged_(in|out)"
    r"|email_confirmation_message"
)

#: Where the words on the learner's path stand; patterns of ``fnmatch``.
LEARNERS_PATH = (
    # around every page, and where something went wrong
    "learnsite/templates/base.html",
    "learnsite/templates/print_base.html",
    "learnsite/templates/includes/*.html",
    "learnsite/templates/4*.html",
    # home, glossary, texts, blocks, labs, report a barrier
    "content/templates/content/*.html",
    "content/blocks/base.py",
    "content/feedback/forms.py",
    "content/prose.py",
    # catalogue, course, lesson, exercises, search, learning, new key, empty device
    "courses/templates/courses/*.html",
    "courses/catalogue/choices.py",
    "courses/catalogue/filters.py",
    "courses/exercises/types/*/*.html",
    "courses/groups/levels.py",
    "courses/groups/boards.py",
    "courses/groups/titles.py",
    "courses/player/*.py",
    "courses/progress/models.py",
    # key sign-in, key card, my data
    "learnsite/accounts/templates/accounts/*.html",
    "learnsite/accounts/templates/account/messages/*.txt",
    "learnsite/accounts/card.py",
    "learnsite/accounts/forms.py",
    "learnsite/accounts/registry.py",
    "learnsite/accounts/views.py",
    # the other ways in and the way out
    "learnsite/templates/account/*.html",
    "learnsite/templates/mfa/authenticate.html",
    "learnsite/templates/mfa/webauthn/snippets/*.html",
)

#: What only editors and teachers read there: the preview of the CMS, pages of groups.
STAFF = (
    "learnsite/accounts/cms_guard.py",
    "learnsite/accounts/templates/accounts/cms_demo_note.html",
    "learnsite/accounts/templates/accounts/second_factor.html",
    "courses/templates/courses/groups/board.html",
    "courses/templates/courses/groups/card*.html",
    "courses/templates/courses/groups/date.html",
    "courses/templates/courses/groups/dates.html",
    "courses/templates/courses/groups/messages.html",
    "courses/templates/courses/groups/includes/date_fields.html",
    "courses/templates/courses/groups/includes/lost_card.html",
    "courses/templates/courses/groups/includes/card_shows.html",
    "courses/templates/courses/groups/includes/entry_now.html",
    "courses/templates/courses/groups/no_cards.html",
    "courses/templates/courses/groups/end.html",
    "courses/templates/courses/groups/end_role.html",
    "courses/templates/courses/groups/entry.html",
    "courses/templates/courses/groups/leaders.html",
    "courses/templates/courses/groups/index.html",
    "courses/templates/courses/groups/members.html",
    "courses/templates/courses/groups/names.html",
    "courses/templates/courses/training/*.html",
    "courses/training/views/confirming.py",
    "courses/templates/courses/evidence/kiosk.html",
    "courses/templates/courses/training/includes/*.html",
    "courses/templates/courses/training/invitation.txt",
    "courses/templates/courses/groups/task*.html",
    "courses/templates/courses/room/choose.html",
    "courses/templates/courses/room/gone.html",
    "courses/templates/courses/room/lead.html",
    "courses/templates/courses/room/poll.html",
    "courses/templates/courses/room/start.html",
    "courses/templates/courses/room/includes/lead.html",
    "courses/templates/courses/round/choose.html",
    "courses/templates/courses/round/lead.html",
    "courses/templates/courses/round/poll.html",
    "courses/templates/courses/round/includes/lead.html",
    "courses/templates/courses/room/includes/ways_in.html",
    "courses/player/room_forms.py",
    "courses/player/views/room.py",
    "courses/templates/courses/groups/new.html",
    "courses/templates/courses/groups/people.html",
    "courses/player/views/cards.py",
    "courses/exercises/types/*/overview.html",
    "courses/templates/courses/exercises/tryout.html",
    "courses/templates/courses/cms/*.html",
)

#: Messages on the learner's path that are plain enough in everyday German.
PLAIN_IN_GERMAN = set(
    (Path(__file__).parent / "plain_in_german.txt").read_text("utf-8").splitlines()
)

Key = tuple[str | None, str, str]

# --- What there is to translate -------------------------------------------------------


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> polib.POFile:
    """Return every message in code and templates, with where it stands."""
    if shutil.which("xgettext") is None:
        pytest.skip(HOW_TO_GET_GETTEXT)
    copy = tmp_path_factory.mktemp("sources")
    ignored = shutil.ignore_patterns("__pycache__", "library", "static", "*.mo")
    for name in ("learnsite", "content", "courses", "locale"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    shutil.copy(ROOT / "manage.py", copy)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "de", "--no-obsolete"],
        cwd=copy,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "learnsite.settings.test"},
        check=True,
        capture_output=True,
    )
    return polib.pofile(str(copy / GERMAN.relative_to(ROOT)))


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural


@cache
def entries(path: Path) -> tuple[polib.POEntry, ...]:
    """Return what a catalogue holds; no test changes any of it."""
    return tuple(polib.pofile(str(path)))


@cache
def read(path: Path) -> dict[Key, polib.POEntry]:
    return {key(entry): entry for entry in entries(path)}


def wordings(entry: polib.POEntry) -> list[str]:
    """Return the translation, or its singular and plural."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def catalogues() -> Iterator[tuple[str, polib.POEntry]]:
    for path in (GERMAN, PLAIN):
        for entry in read(path).values():
            yield path.parent.parent.name, entry


# --- German ---------------------------------------------------------------------------


def test_every_message_has_a_german_wording(collected):
    german = read(GERMAN)
    missing = [
        message
        for message in map(key, collected)
        if message not in german
        or "fuzzy" in german[message].flags
        or not all(wordings(german[message]))
    ]
    assert missing == []


def test_catalogues_hold_nothing_that_nobody_says_any_more(collected):
    said = {key(entry) for entry in collected}
    left = [
        (language, entry.msgid)
        for language, entry in catalogues()
        if key(entry) not in said
    ]
    assert left == []


def test_wordings_keep_the_placeholders():
    wrong = []
    for language, entry in catalogues():
        wanted = sorted(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        for number, wording in enumerate(wordings(entry)):
            found = sorted(PLACEHOLDER.findall(wording))
            # "Eine Aufgabe ist noch offen." needs no number; other names stay.
            is_singular = bool(entry.msgid_plural) and number == 0
            fits = set(found) <= set(wanted) if is_singular else found == wanted
            if not fits:
                wrong.append((language, wording))
    assert wrong == []


def test_the_shared_interface_says_neither_du_nor_sie():
    slips = [
        (language, wording)
        for language, entry in catalogues()
        if entry.msgid not in SPEAKS_TO_SOMEBODY
        for wording in wordings(entry)
        if ADDRESS.search(wording)
    ]
    assert slips == []


def test_quotation_marks_are_german():
    slips = [
        (language, wording)
        for language, entry in catalogues()
        for wording in wordings(entry)
        # Straight ones stand in the tags of HTML only; “ closes, ” never stands.
        if '"' in re.sub(r"<[^>]+>", "", wording)
        or "”" in wording
        or wording.count("„") != wording.count("“")
    ]
    assert slips == []


def test_own_messages_leave_the_words_of_libraries_alone():
    ours = {
        (entry.msgctxt, entry.msgid): wordings(entry)[0]
        for entry in read(GERMAN).values()
    }
    folders = [Path(django.__file__).parent / "conf"]
    folders += [Path(app.path) for app in apps.get_app_configs()]
    changed = set()
    for folder in folders:
        path = folder / "locale" / "de" / "LC_MESSAGES" / "django.mo"
        for theirs in polib.mofile(str(path)) if path.exists() else ():
            wording = ours.get((theirs.msgctxt, theirs.msgid))
            if wording is not None and wording != wordings(theirs)[0]:
                changed.add(theirs.msgid)
    reworded = {*REWORDED, *WAGTAIL_REWORDED}
    assert changed - SHARED_WITH_LIBRARIES - reworded == set()


def test_pages_of_allauth_say_neither_du_nor_sie():
    slips = set()
    with override("de"):
        for entry in entries(GERMAN_OF_ALLAUTH):
            places = [path for path, _line in entry.occurrences]
            met = any(not UNUSED_IN_ALLAUTH.search(path) for path in places)
            if met and ADDRESS.search(translated(entry.msgid)):
                slips.add((entry.msgid, translated(entry.msgid)))
    assert slips == set()


def test_what_is_reworded_is_still_said_by_allauth():
    known = {entry.msgid for entry in entries(GERMAN_OF_ALLAUTH) if entry.occurrences}
    assert set(REWORDED) - known == set()


@pytest.mark.parametrize(
    ("language", "sources"), [("de", [GERMAN]), ("de-simple", [GERMAN, PLAIN])]
)
def test_our_own_words_come_before_those_of_libraries(language, sources):
    ours = {
        entry.msgid: entry.msgstr
        for source in sources
        for entry in entries(source)
        if not entry.msgid_plural and not entry.msgctxt
    }
    with override(language):
        others = {key for key, said in ours.items() if translated(key) != said}
    assert others == set()


# --- Leichte Sprache ------------------------------------------------------------------


def is_on_the_path(path: str) -> bool:
    is_told = any(fnmatch(path, pattern) for pattern in LEARNERS_PATH)
    return is_told and not any(fnmatch(path, pattern) for pattern in STAFF)


def told_on_my_data() -> set[str]:
    """Return what "Meine Daten" tells learners, in English.

    Of what only the editorial office has, they read the title and the purpose.
    """
    texts: list[str | Promise] = []
    for item in declarations():
        texts += [item.title, item.purpose]
        if item.basis is not EDITORIAL_WORK:
            texts += [item.basis, item.seen_by, item.until]
            texts += [field.label for field in item.fields]
    with override(None):
        return {str(text) for text in texts}


def told_by_exercises(collected: polib.POFile) -> set[str]:
    """Return the names of the question types and why they refuse an answer.

    The rest of what these modules say is for editors.
    """
    refusals = {
        entry.msgid
        for entry in collected
        for path, line in entry.occurrences
        if fnmatch(path, "courses/exercises/types/*.py")
        and "AnswerError(" in "".join(lines_until(path, int(line)))
    }
    with override(None):
        return refusals | {str(kind.label) for kind in question_types().values()}


def lines_until(path: str, number: int) -> list[str]:
    """Return a line of a source and the one before it: calls may be wrapped."""
    return (ROOT / path).read_text(encoding="utf-8").splitlines()[number - 2 : number]


def test_the_learners_path_is_said_in_plain_words(collected):
    said = {
        entry.msgid
        for entry in collected
        if any(is_on_the_path(path) for path, _line in entry.occurrences)
    }
    said |= told_on_my_data() | told_by_exercises(collected)
    plain = {entry.msgid for entry in read(PLAIN).values() if all(wordings(entry))}
    assert said - plain - PLAIN_IN_GERMAN == set()


def test_the_learners_path_names_only_what_exists(collected):
    paths = {path for entry in collected for path, _line in entry.occurrences}
    silent = [
        pattern
        for pattern in LEARNERS_PATH
        if not any(fnmatch(path, pattern) for path in paths)
    ]
    known = {entry.msgid for entry in collected}
    assert (silent, PLAIN_IN_GERMAN - known) == ([], set())


def test_leichte_sprache_differs_from_german_where_it_speaks():
    german = read(GERMAN)
    plain = read(PLAIN)
    same = [
        message[1]
        for message, entry in plain.items()
        if message in german and wordings(entry) == wordings(german[message])
    ]
    assert same == []
    assert {entry.msgid for entry in plain.values()} & PLAIN_IN_GERMAN == set()


def test_sentences_in_leichte_sprache_are_short():
    long = []
    for entry in read(PLAIN).values():
        for wording in wordings(entry):
            text = re.sub(r"<[^>]+>", "", wording)
            sentences = re.split(r"(?<=[.?!:])\s+", text)
            long += [s for s in sentences if len(s.split()) > LONGEST_SENTENCE]
    assert long == []


# --- Compiling ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile a copy of our catalogues; no test changes it."""
    folder = tmp_path_factory.mktemp("compiled") / "locale"
    shutil.copytree(LOCALE_DIR, folder, ignore=shutil.ignore_patterns("*.mo"))
    compile_changed(folder)
    return folder


def translations(path: Path) -> gettext.GNUTranslations:
    return gettext.GNUTranslations(io.BytesIO(path.read_bytes()))


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("de", 0, "%(count)s Lektionen"),
        ("de", 1, "%(count)s Lektion"),
        ("de", 2, "%(count)s Lektionen"),
        ("de", 100, "%(count)s Lektionen"),
    ],
)
def test_plurals_are_compiled_without_gettext(compiled, language, count, said):
    catalogue = translations(compiled / language / "LC_MESSAGES" / "django.mo")
    assert catalogue.ngettext("%(count)s lesson", "%(count)s lessons", count) == said


@pytest.mark.parametrize("source", [GERMAN, PLAIN], ids=["de", "de_Simple"])
def test_a_compiled_catalogue_equals_the_one_of_msgfmt(compiled, tmp_path, source):
    if shutil.which("msgfmt") is None:
        pytest.skip(HOW_TO_GET_GETTEXT)
    ours = compiled / source.relative_to(LOCALE_DIR).with_suffix(".mo")
    theirs = tmp_path / "msgfmt.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", theirs, source], check=True)
    mine, reference = translations(ours), translations(theirs)
    for entry in entries(source):
        if entry.msgid_plural:
            for count in (0, 1, 2, 5, 21, 100):
                arguments = (entry.msgid, entry.msgid_plural, count)
                assert mine.ngettext(*arguments) == reference.ngettext(*arguments)
        else:
            assert mine.gettext(entry.msgid) == reference.gettext(entry.msgid)


def test_a_variant_may_stand_alone(tmp_path):
    folder = tmp_path / "pt_BR" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(PLAIN, folder)
    assert compile_changed(tmp_path) == [folder / "django.mo"]


def test_a_catalogue_is_compiled_once_per_change(tmp_path):
    source = write_catalogue(tmp_path, "de", "Kurs")
    variant = write_catalogue(tmp_path, "de_Simple", "Lern-Kurs").with_suffix(".mo")
    assert len(compile_changed(tmp_path)) == 2
    assert compile_changed(tmp_path) == []
    write_catalogue(tmp_path, "de", "Lehrgang")
    later = source.with_suffix(".mo").stat().st_mtime + 2
    os.utime(source, (later, later))
    # The variant takes from it.
    assert compile_changed(tmp_path) == [source.with_suffix(".mo"), variant]
    assert translations(source.with_suffix(".mo")).gettext("course") == "Lehrgang"


def write_catalogue(folder: Path, language: str, said: str) -> Path:
    """Write a catalogue of one word, in place of the one that stood there."""
    path = folder / language / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    path.write_text(f'{head}msgid "course"\nmsgstr "{said}"\n', encoding="utf-8")
    return path
