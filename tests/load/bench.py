"""Measures how fast the site is, next to a floor: ``python -m tests.load.bench``.

Starts the site as in production on a database of its own, measures, prints and removes
everything again. What the figures mean stands in ``docs/performance.md``.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Event
from typing import Any

from tests.load.client import Request, measure
from tests.load.first_visit import Visit, first_visit
from tests.load.server import (
    FLOOR,
    ROOT,
    WORKERS,
    Server,
    TemporarySite,
    free_port,
    served,
    temporary_site,
)

CONNECTIONS = (1, 8, 30)
SECONDS = 2.0
FLOOR_SECONDS = 0.8
WARM_SECONDS = 0.2
WARM_CONNECTIONS = 8  # enough to reach every worker
LIBRARY = ROOT / "content" / "library"
JOURNEY_SECONDS = 100
CLASS_SECONDS = 60
PUPILS = 35
HEADINGS = f"{'':20}SQL   req/s   p50 ms   p95 ms   CPU ms  floor"
BUDGET = "10 requests, 100 KB, 25 KB of JavaScript, 0 other hosts"


@dataclass
class Figures:
    """What was measured: answers per second, and milliseconds."""

    connections: int
    name: str
    statements: int
    rate: float
    p50: float
    p95: float
    cpu: float
    ratio: float = 1.0


@dataclass(frozen=True)
class Target:
    """One line of the table."""

    name: str
    status: int
    scripts: list[list[Request]]
    statements: int

    @classmethod
    def read(cls, data: dict[str, Any]) -> "Target":
        """Read a target of the plan."""
        scripts = [[Request(**r) for r in script] for script in data["scripts"]]
        return cls(data["name"], data["status"], scripts, data["statements"])

    def measured(self, server: Server, connections: int, seconds: float) -> Figures:
        """Measure; raise where an answer had another status than planned."""
        before = server.cpu_seconds()
        sample = measure(server.port, self.scripts, connections, seconds)
        spent = server.cpu_seconds() - before
        if set(sample.statuses) - {self.status}:
            raise RuntimeError(f"{self.name}: answers {dict(sample.statuses)}")
        return Figures(
            connections,
            self.name,
            self.statements,
            sample.rate,
            sample.percentile(0.5),
            sample.percentile(0.95),
            1000 * spent / max(1, sample.sent),
        )


def main() -> None:
    """Run what the command line asks for."""
    options = arguments().parse_args()
    with temporary_site() as site:
        say("Preparing a site of its own …")
        if options.classroom:  # codes are open in the cache, for every worker
            folder = Path(site.environment["MEDIA_ROOT"]).parent
            site.environment["CACHE_URL"] = f"filecache://{folder / 'cache'}"
        site.prepare(packages(options.library))
        if options.journeys or options.serve or options.classroom:
            with served(site):
                sys.exit(played(site, options))
        measured = leading if options.leading else benchmark
        results = measured(site, options.seconds)
    if options.save:
        options.save.write_text(
            json.dumps([asdict(line) for line in results], indent=1), encoding="utf-8"
        )


def arguments() -> argparse.ArgumentParser:
    """Return the command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.bench")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, help="per measurement (default 2)"
    )
    parser.add_argument("--save", type=Path, help="write the figures as JSON, too")
    parser.add_argument(
        "--library",
        type=Path,
        default=LIBRARY,
        help="folder of the course packages to import (default: the shipped ones)",
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--journeys", action="store_true", help="let 35 pupils learn with locust"
    )
    what.add_argument(
        "--classroom",
        action="store_true",
        help="let a class of 35 join and answer within a minute, with locust",
    )
    what.add_argument(
        "--leading",
        action="store_true",
        help="measure what teachers and training managers look at",
    )
    what.add_argument(
        "--serve", action="store_true", help="serve until Ctrl-C, measure nothing"
    )
    return parser


def packages(library: Path) -> list[str]:
    """Return the folders of the course packages in a library."""
    return sorted({str(path.parent) for path in library.glob("*/*.yaml")})


def benchmark(site: TemporarySite, seconds: float) -> list[Figures]:
    """Measure everything, print it line by line and return the figures."""
    people = str(max(CONNECTIONS))
    plan = json.loads(site.run(sys.executable, "-m", "tests.load.plan", people))
    floor = Target.read(plan["floor"])
    targets = [Target.read(target) for target in plan["targets"]]
    say(description(site, seconds))
    results = []
    with served(site) as server, served(site, FLOOR, free_port()) as floor_server:
        warm_up(server, targets)
        warm_up(floor_server, [floor])
        for connections in CONNECTIONS:
            say(f"\n{connections:2} at a time{HEADINGS}")
            results += level(connections, targets, floor, server, floor_server, seconds)
        report_visit(first_visit(server.origin, plan["first_visit"]))
    return results


def leading(site: TemporarySite, seconds: float) -> list[Figures]:
    """Measure a board of 35 pupils and who is due among 5,000 employees, one by one."""
    plan = json.loads(site.run(sys.executable, "-m", "tests.load.leading"))
    targets = [Target.read(target) for target in plan]
    say(description(site, seconds))
    with served(site) as server:
        warm_up(server, targets)
        say(f"\n 1 at a time{HEADINGS.removesuffix('  floor')}")
        results = [target.measured(server, 1, seconds) for target in targets]
        for line in results:
            show(line, with_floor=False)
    return results


def level(
    connections: int,
    targets: list[Target],
    floor: Target,
    server: Server,
    floor_server: Server,
    seconds: float,
) -> list[Figures]:
    """Measure all targets, the floor before and after each, as other work comes."""
    floors = [floor.measured(floor_server, connections, FLOOR_SECONDS)]
    lines = []
    for target in targets:
        line = target.measured(server, connections, seconds)
        floors.append(floor.measured(floor_server, connections, FLOOR_SECONDS))
        line.ratio = line.rate / statistics.mean(f.rate for f in floors[-2:])
        lines.append(line)
        show(line)
    show(floor_line := middle(floors))
    return [*lines, floor_line]


def middle(floors: list[Figures]) -> Figures:
    """Return the median of each figure of the floor."""

    def median(name: str) -> float:
        return statistics.median(getattr(line, name) for line in floors)

    numbers = {name: median(name) for name in ("rate", "p50", "p95", "cpu")}
    return replace(floors[0], name="floor (median)", **numbers)


def show(line: Figures, *, with_floor: bool = True) -> None:
    """Print one line of the table."""
    say(
        f"{line.name:34}{line.statements:3}{line.rate:8.0f}"
        f"{line.p50:9.1f}{line.p95:9.1f}{line.cpu:9.2f}"
        + (f"{line.ratio:8.2f}" if with_floor else "")
    )


def warm_up(server: Server, targets: list[Target]) -> None:
    """Ask every worker for everything: the first answers of a process take longer."""
    for target in targets:
        target.measured(server, WARM_CONNECTIONS, WARM_SECONDS)


def description(site: TemporarySite, seconds: float) -> str:
    """Say what is measured on what."""
    is_sqlite = site.environment["DATABASE_URL"].startswith("sqlite")
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python "
        f"{platform.python_version()}, {'SQLite' if is_sqlite else 'PostgreSQL'}, "
        f"gunicorn with {WORKERS} workers, DEBUG off, "
        f"{seconds:g} s each.\n"
        "Client and server share these cores, so all rates are lower than from outside."
    )


def report_visit(visit: Visit | None) -> None:
    """Print the page budget of a first visit."""
    if visit is None:
        say("\nNo Chromium, so the size of a first visit was not measured.")
        return
    say(
        f"\nFirst visit to a lesson: {visit.requests} requests, "
        f"{visit.transferred / 1000:.1f} KB transferred, {visit.script / 1000:.1f} KB "
        f"of it JavaScript, {visit.foreign} to other hosts (budget: {BUDGET})"
    )
    for name, size in sorted(visit.files, key=lambda file: -file[1]):
        say(f"  {size / 1000:6.1f} KB  {name}")


def played(site: TemporarySite, options: argparse.Namespace) -> int:
    """Do what the command line chose, against a site that is served."""
    if options.classroom:
        return classroom(site)
    return journeys(site) if options.journeys else wait(site)


def journeys(site: TemporarySite) -> int:
    """Let locust play the journeys; return its exit status, 0 for all well."""
    return locust(site, "tests/load/locustfile.py", rate=1, seconds=JOURNEY_SECONDS)


def classroom(site: TemporarySite) -> int:
    """Let a class join and answer at once (journey 3); 0 if nothing was lost."""
    code = site.run(sys.executable, "-m", "tests.load.classroom", "open").strip()
    site.environment["CLASS_CODE"] = code
    status = locust(
        site, "tests/load/classfile.py", rate=PUPILS / 5, seconds=CLASS_SECONDS
    )
    counted = site.run(sys.executable, "-m", "tests.load.classroom", "count").split()
    say(f"Joined: {counted[0]}, with a line in the ledger: {counted[1]}.")
    return status or int(counted != [str(PUPILS)] * 2)


def locust(site: TemporarySite, file: str, *, rate: float, seconds: int) -> int:
    """Run locust with a file; return its exit status."""
    command = [
        sys.executable, "-m", "locust", "-f", file,
        "--headless", "--users", str(PUPILS), "--spawn-rate", str(rate),
        "--only-summary", "--run-time", f"{seconds}s",
        "--host", site.environment["SITE_URL"],
    ]  # fmt: skip
    return subprocess.run(
        command, cwd=ROOT, env=site.environment, check=False
    ).returncode


def wait(site: TemporarySite) -> int:
    """Serve until somebody presses Ctrl-C."""
    say(f"{site.environment['SITE_URL']} – Ctrl-C ends it.")
    with suppress(KeyboardInterrupt):
        Event().wait()
    return 0


def say(text: str) -> None:
    """Print at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
