"""Prepares people in the benchmark's database and says what to ask of the site.

Runs in a process of its own (``python -m tests.load.plan PEOPLE``), because it needs
Django and the benchmark must not. Prints the plan as JSON.
"""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.generation import current_generation
from courses.catalogue.library import CourseEntry, LessonEntry, library
from courses.exercises.grading import Exercise
from courses.models import Enrolment
from courses.player.body import lesson_body
from learnsite.accounts.keys import written
from learnsite.accounts.models import User
from learnsite.accounts.services import issue_learning_key
from tests.load.client import Request

OWN = {"Sec-Fetch-Site": "same-origin"}
BY_SCRIPT = {**OWN, "Accept": "application/json", "Idempotency-Key": "token-{token}"}
NO_STATEMENTS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


@dataclass(frozen=True)
class Target:
    """What is measured: one script of requests for each person, played in turn."""

    name: str
    status: int
    scripts: list[list[Request]]
    statements: int = 0


@dataclass(frozen=True)
class Person:
    """Somebody with an account: how to open it, and the cookie of an open session."""

    user: User
    key: str
    cookie: str


class Shelf:
    """The course that is measured; its lessons need exercises."""

    def __init__(self) -> None:
        self.generation = current_generation()
        self.course = max(
            library("de", self.generation).courses, key=lambda c: len(c.lessons)
        )
        self.first, self.second, self.third = self.course.lessons[:3]

    def exercises(self, lesson: LessonEntry) -> Iterable[tuple[str, Exercise]]:
        """Return each exercise of a lesson with the address for its answers."""
        body = lesson_body(lesson.page_id, self.generation, lesson.path)
        for key, exercise in body.exercises.items():
            yield f"{lesson.path}antwort/{key}/", exercise

    def answers(self, lesson: LessonEntry) -> list[tuple[str, dict[str, Any]]]:
        """Return an answer with each option of each exercise of a lesson."""
        return [
            (path, {"option": str(number)})
            for path, exercise in self.exercises(lesson)
            for number, _option in enumerate(exercise.definition["options"])
        ]


def new_person() -> Person:
    """Issue a key and sign in with it."""
    user, words = issue_learning_key()
    client = browser()
    client.post("/schluessel/", {"key": written(words), "shared": "on"})
    return Person(user, written(words), cookies(client))


def browser() -> Client:
    """Return a browser that nobody knows."""
    return Client(SERVER_NAME="127.0.0.1", headers=OWN)


def cookies(client: Client) -> str:
    """Return the header with which a browser would send its cookies."""
    kept = (settings.SESSION_COOKIE_NAME, settings.PROGRESS_COOKIE_NAME)
    return "; ".join(
        f"{name}={client.cookies[name].value}"
        for name in kept
        if name in client.cookies
    )


def learn(shelf: Shelf, cookie: str = "") -> str:
    """Work through the first lesson and half of the second; return the cookies."""
    client = browser()
    client.cookies.load(cookie)
    halves = list(shelf.exercises(shelf.second))
    for path, _exercise in [
        *shelf.exercises(shelf.first),
        *halves[: len(halves) // 2],
    ]:
        client.post(path, {"option": "0"})
    client.post(f"{shelf.first.path}weiter/")
    return cookies(client)


def floor(people: Iterable[Person], course: CourseEntry) -> Target:
    """Return the floor, with a session of Django's own and a row for each person."""
    scripts = []
    for person in people:
        session = SessionStore()
        session["user"] = str(person.user.pk)
        session.create()
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        scripts.append([Request("/floor/", {"Cookie": cookie})])
        Enrolment.objects.get_or_create(
            user=person.user,
            course_key=course.key,
            defaults={"day": "2026-01-01"},
        )
    return Target("floor", 200, scripts, 3)


def targets(shelf: Shelf, begun: list[Person], fresh: list[Person]) -> list[Target]:
    """Return what is measured; ``begun`` have learned before, ``fresh`` have not."""
    visitor = learn(shelf)
    reading = [Request(shelf.second.path), Request(shelf.third.path)]
    lesson = [Request(shelf.second.path)]
    answers = shelf.answers(shelf.second)
    by_script = [Request(path, BY_SCRIPT, form) for path, form in answers]
    by_form = [Request(path, OWN, form) for path, form in answers]
    onward = [Request(f"{shelf.first.path}weiter/", OWN, {})]
    catalogue = [Request("/kurse/")]
    course = [Request(shelf.course.path)]
    sign_in = [
        [Request("/schluessel/", OWN, {"key": person.key, "shared": "on"})]
        for person in begun
    ]
    return [
        Target("lesson, visitor", 200, [lesson]),
        Target("lesson, visitor with progress", 200, [with_cookie(lesson, visitor)]),
        Target("lesson, signed in, moving on", 200, for_each(fresh, reading)),
        Target("lesson, signed in, half answered", 200, for_each(begun, lesson)),
        Target("catalogue, visitor", 200, [catalogue]),
        Target("catalogue, signed in", 200, for_each(begun, catalogue)),
        Target("course, signed in", 200, for_each(begun, course)),
        Target("answer, visitor", 200, [with_cookie(by_script, visitor)]),
        Target("answer, signed in", 200, for_each(begun, by_script)),
        Target("answer, signed in, no script", 200, for_each(begun, by_form)),
        Target("complete, visitor", 303, [with_cookie(onward, visitor)]),
        Target("complete, signed in", 303, for_each(begun, onward)),
        Target("sign-in with a key", 302, sign_in),
    ]


def with_cookie(requests: list[Request], cookie: str) -> list[Request]:
    """Return the requests as sent by the browser that holds a cookie."""
    return [Request(r.path, {**r.headers, "Cookie": cookie}, r.form) for r in requests]


def for_each(people: list[Person], requests: list[Request]) -> list[list[Request]]:
    """Return the requests as sent by each person."""
    return [with_cookie(requests, person.cookie) for person in people]


def counted(target: Target) -> Target:
    """Return the target with the most statements one of its requests takes, warm."""
    script = target.scripts[0]
    for request in script:
        ask(request, target)
    most = max(statements(lambda r=request: ask(r, target)) for request in script)
    return Target(target.name, target.status, target.scripts, most)


def statements(run: Callable[[], object]) -> int:
    """Count SQL statements, transactions left out."""
    with CaptureQueriesContext(connection) as captured:
        run()
    return sum(
        not q["sql"].startswith(NO_STATEMENTS) for q in captured.captured_queries
    )


def ask(request: Request, target: Target) -> None:
    """Send a request inside this process; raise where the answer is unexpected."""
    client = Client(SERVER_NAME="127.0.0.1", headers=request.headers)
    if request.form is None:
        response = client.get(request.path)
    else:
        response = client.post(request.path, request.form)
    if response.status_code != target.status:
        raise RuntimeError(f"{target.name}: {request.path} {response.status_code}")


def main(people: int) -> None:
    """Print the plan."""
    shelf = Shelf()
    begun = [new_person() for _ in range(people)]
    fresh = [new_person() for _ in range(people)]
    for person in begun:
        learn(shelf, person.cookie)
    plan = {
        "floor": floor(begun, shelf.course),
        "targets": [counted(target) for target in targets(shelf, begun, fresh)],
        "first_visit": shelf.first.path,
    }
    json.dump(plan, sys.stdout, default=asdict)


if __name__ == "__main__":
    main(int(sys.argv[1]))
