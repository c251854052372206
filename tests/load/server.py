"""A site as in production, with a database, media and static files of its own.

Everything lies in a temporary folder and is gone afterwards; of other processes and
databases nothing is touched.
"""

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent.parent
WORKERS = 2
# Threads of one worker only take the interpreter from each other; the threaded worker
# with a single one is here because it keeps connections open.
THREADS = 1
COOKIE_BYTES = 24_000  # all cookies of a device are one line
KEEP_ALIVE = 75  # seconds; longer than the wait between two clicks
SITE = "learnsite.wsgi"
FLOOR = "tests.load.floor"
START_SECONDS = 30
STOP_SECONDS = 20


@dataclass(frozen=True)
class TemporarySite:
    """A site and the environment that says where it keeps its things."""

    port: int
    environment: dict[str, str]

    def manage(self, *arguments: str) -> None:
        """Run a management command; raise with its output if it fails."""
        self.run(sys.executable, "manage.py", *arguments)

    def run(self, *command: str) -> str:
        """Run a command in the site's environment and return what it prints."""
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def prepare(self, packages: list[str]) -> None:
        """Migrate, import courses, collect static files."""
        self.manage("migrate", "-v0")
        self.manage("import_course", *packages)
        self.manage("collectstatic", "--noinput", "-v0")


@contextmanager
def temporary_site() -> Iterator[TemporarySite]:
    """Yield a site that has nothing yet, not even tables."""
    with TemporaryDirectory(prefix="learnsite-load-") as name:
        folder = Path(name)
        with database(folder) as url:
            port = free_port()
            yield TemporarySite(port, environment(folder, port, url))


def environment(folder: Path, port: int, database_url: str) -> dict[str, str]:
    """Return the environment of a production site on this machine."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "learnsite.settings.production",
        "DATABASE_URL": database_url,
        "SECRET_KEY": secrets.token_urlsafe(48),
        "LEARNING_KEY_PEPPERS": secrets.token_urlsafe(48),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "SECURE_SSL_REDIRECT": "false",
        "STATIC_ROOT": str(folder / "static"),
        "MEDIA_ROOT": str(folder / "media"),
    }


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """Yield the address of an empty database and remove it afterwards."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield f"sqlite:///{folder / 'site.sqlite3'}"
        return
    import psycopg  # noqa: PLC0415 - not needed with SQLite

    name = f"learnsite_load_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield f"{address.rpartition('/')[0]}/{name}"
        finally:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Server:
    """A running server."""

    pid: int
    port: int

    @property
    def origin(self) -> str:
        """The address without a path."""
        return f"http://127.0.0.1:{self.port}"

    def cpu_seconds(self) -> float:
        """Return the processor time all workers have taken; 0 where unknown."""
        ticks = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
            if int(after_name[1]) == self.pid:
                ticks += int(after_name[11]) + int(after_name[12])
        return ticks / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(
    site: TemporarySite, application: str = SITE, port: int | None = None
) -> Iterator[Server]:
    """Serve the site, or another application on its database."""
    port = port or site.port
    process = subprocess.Popen(
        [*gunicorn(port), application], cwd=ROOT, env=site.environment
    )
    try:
        server = Server(process.pid, port)
        wait_until_up(process, server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=STOP_SECONDS)


def gunicorn(port: int) -> list[str]:
    """Return the command line of the server."""
    return [
        sys.executable, "-m", "gunicorn", "--no-control-socket",
        "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
        "--worker-class", "gthread", "--threads", str(THREADS),
        "--keep-alive", str(KEEP_ALIVE), "--log-level", "warning",
        "--limit-request-field_size", str(COOKIE_BYTES),
    ]  # fmt: skip


def wait_until_up(process: subprocess.Popen[bytes], server: Server) -> None:
    """Return as soon as a worker answers; raise if none does."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            urlopen(f"{server.origin}/healthz", timeout=START_SECONDS).close()  # noqa: S310
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")
