"""Test databases made once and copied: migrating takes longer than most tests.

A template is keyed by a hash of what it was made from. Workers copy it: a file with
SQLite, ``CREATE DATABASE … TEMPLATE`` with PostgreSQL. ``python -m tests.databases``
makes the templates of the configured engine before anybody waits for them, and prints
the address of a fresh, migrated database.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path(tempfile.gettempdir()) / f"learnsite-tests-{os.getuid()}"
Settings = dict[str, Any]


def hash_of(paths: Iterable[Path], *, engine: bool = True) -> str:
    """Return a short hash of some files, and of the database engine where it counts."""
    digest = hashlib.sha256()
    if engine:
        digest.update(settings.DATABASES["default"]["ENGINE"].encode())
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def migration_hash() -> str:
    """Return the hash of everything that decides how an empty database looks."""
    return hash_of([*_migrations(), ROOT / "learnsite/settings/base.py", _pins()])


def library_hash() -> str:
    """Return the hash of everything that decides how an imported database looks."""
    files = [p for p in (ROOT / "content/library").rglob("*") if p.is_file()]
    code = {p for app in ("content", "courses") for p in _python(app)}
    code |= {ROOT / "learnsite/settings/base.py", *_migrations()}
    return hash_of([*files, *code, _pins()])


def collected_static() -> Path:
    """Return a folder with hashed and compressed static files, made once.

    With the settings of production: nothing else in `.ci/run` sees that it can be done.
    """
    own = [p for p in (ROOT / "learnsite" / "static").rglob("*") if p.is_file()]
    own += [p for app in ("content", "courses") for p in _static(app)]
    own += [ROOT / "learnsite/static_files.py"]
    own += (ROOT / "learnsite/settings").glob("*.py")
    name = f"static-{hash_of([*own, _pins()], engine=False)}"
    with locked(name):
        target = FOLDER / name
        if not target.exists():
            partial = FOLDER / f"{name}-partial"
            shutil.rmtree(partial, ignore_errors=True)
            manage(
                "collectstatic",
                "--no-input",
                "-v0",
                database_url="sqlite:///:memory:",
                DJANGO_SETTINGS_MODULE="learnsite.settings.production",
                STATIC_ROOT=str(partial),
                SECRET_KEY="signs-nothing",
            )
            partial.rename(target)
    return target


def _migrations() -> list[Path]:
    own = [p for app in ("learnsite", "content", "courses") for p in _python(app)]
    return [p for p in own if "migrations" in p.parts]


def _static(app: str) -> Iterable[Path]:
    return (p for p in (ROOT / app).rglob("static/**/*") if p.is_file())


def _python(app: str) -> Iterable[Path]:
    return (ROOT / app).rglob("*.py")


def _pins() -> Path:
    return ROOT / "pyproject.toml"


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Let one process at a time build a template."""
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def manage(*arguments: str, database_url: str, **environment: str) -> None:
    """Run a management command against a database of its own."""
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": database_url, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(f"{' '.join(arguments)}:\n{result.stdout}{result.stderr}")


class SqliteDatabases:
    """Databases as files."""

    def url(self, name: str) -> str:
        """Return the address of a database."""
        return f"sqlite:///{FOLDER / name}.sqlite3"

    def settings(self, name: str) -> Settings:
        """Return what differs from the configured default database."""
        return {"NAME": str(FOLDER / f"{name}.sqlite3")}

    def template(
        self, name: str, build: Callable[[str], None], *, base: str = ""
    ) -> None:
        """Build a template unless it exists, beginning with a copy of another."""
        with locked(name):
            target = FOLDER / f"{name}.sqlite3"
            if not target.exists():
                partial = f"{name}-partial"
                self._remove(partial)
                if base:
                    self.copy(base, partial)
                build(self.url(partial))
                (FOLDER / f"{partial}.sqlite3").rename(target)

    def copy(self, template: str, name: str) -> None:
        """Copy a template."""
        self._remove(name)
        shutil.copyfile(FOLDER / f"{template}.sqlite3", FOLDER / f"{name}.sqlite3")

    def _remove(self, name: str) -> None:
        for path in FOLDER.glob(f"{name}.sqlite3*"):
            path.unlink()


class PostgresDatabases:
    """Databases on the server that ``DATABASE_URL`` names."""

    def url(self, name: str) -> str:
        """Return the address of a database."""
        base, _slash, _name = os.environ["DATABASE_URL"].rpartition("/")
        return f"{base}/{self._name(name)}"

    def settings(self, name: str) -> Settings:
        """Return what differs from the configured default database."""
        return {"NAME": self._name(name)}

    def template(
        self, name: str, build: Callable[[str], None], *, base: str = ""
    ) -> None:
        """Build a template unless it exists, beginning with a copy of another."""
        with locked(name):
            if not self._exists(name):
                partial = f"{name}_partial"
                if base:
                    self.copy(base, partial)
                else:
                    self._run(f'DROP DATABASE IF EXISTS "{self._name(partial)}"')
                    self._run(f'CREATE DATABASE "{self._name(partial)}"')
                build(self.url(partial))
                self._run(
                    f'ALTER DATABASE "{self._name(partial)}" '
                    f'RENAME TO "{self._name(name)}"'
                )

    def copy(self, template: str, name: str) -> None:
        """Copy a template."""
        with locked(template):
            self._run(f'DROP DATABASE IF EXISTS "{self._name(name)}" WITH (FORCE)')
            self._run(
                f'CREATE DATABASE "{self._name(name)}" '
                f'TEMPLATE "{self._name(template)}"'
            )

    def _name(self, name: str) -> str:
        return f"learnsite_test_{name}".replace("-", "_")

    def _exists(self, name: str) -> bool:
        rows = self._run("SELECT datname FROM pg_database")
        return (self._name(name),) in rows

    def _run(self, statement: str) -> list[tuple[Any, ...]]:
        import psycopg  # noqa: PLC0415 - not needed with SQLite

        address = os.environ["DATABASE_URL"]
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []


def databases() -> SqliteDatabases | PostgresDatabases:
    """Return the databases of the configured engine."""
    engine = settings.DATABASES["default"]["ENGINE"]
    return SqliteDatabases() if "sqlite" in engine else PostgresDatabases()


def migrated_copy(name: str) -> Settings:
    """Return the settings of a fresh, migrated database."""
    store = databases()
    store.copy(_migrated(), name)
    return store.settings(name)


def _migrated() -> str:
    """Return the template with nothing but what migrations make."""
    template = f"migrated-{migration_hash()}"
    databases().template(
        template, lambda url: manage("migrate", "-v0", database_url=url)
    )
    return template


def _library() -> str:
    """Return the template with all shipped courses; their media lie beside it."""
    template = f"library-{library_hash()}"
    databases().template(
        template,
        lambda url: _import_library(url, _media(template)),
        base=_migrated(),
    )
    return template


def _media(template: str) -> Path:
    return FOLDER / f"{template}-media"


def library_copy(name: str, media: Path) -> Settings:
    """Return the settings of a fresh database with all shipped courses.

    ``media`` is where the media of this copy go.
    """
    store, template = databases(), _library()
    store.copy(template, name)
    shutil.copytree(_media(template), media, dirs_exist_ok=True)
    return store.settings(name)


def _import_library(url: str, media: Path) -> None:
    packages = sorted(
        {str(p.parent) for p in (ROOT / "content/library").glob("*/*.yaml")}
    )
    manage(
        "import_course",
        *packages,
        database_url=url,
        DJANGO_SETTINGS_MODULE="learnsite.settings.test",
        TEST_MEDIA_ROOT=str(media),
    )


if __name__ == "__main__":
    django.setup()
    _library()
    migrated_copy("made-ahead")
    sys.stdout.write(databases().url("made-ahead"))
