"""Pupils as the journeys have them, for ``locust``; see ``docs/performance.md``.

Journeys 2 and 3: a class opens the first exercise and answers it within one minute.
Journey 4: next week on another device, with the key back at the exact exercise.
A run ends with the last pupil. It fails (exit status 1) with any error, a lost answer,
or a p95 of a second or more.
"""

import re

import gevent
from locust import HttpUser, between, events, task
from locust.env import Environment

from tests.load.pages import BY_SCRIPT, FORM, OWN, found

SLOWEST_P95 = 1000  # ms
FOREVER = 3600  # seconds

FILE = re.compile(r'(?:href|src)="(/static/[^"#]+\.(?:css|js|svg|woff2)|/media/[^"]+)"')
COURSE = re.compile(r'href="(/kurse/[-\w]+/)"')
LESSON = re.compile(r'href="(/kurse/[-\w]+/[-\w]+/)"')
KEY = re.compile(r'value="([^"]+)"[^>]*data-key-copy-source')
RESULT = re.compile(r"data-result>\s*<p")
ONWARD = re.compile(r'href="(/kurse/[-\w]+/[-\w]+/)#b-(\w+)"')


class Pupil(HttpUser):
    """Opens the course, answers the first exercise, takes a key, comes back."""

    wait_time = between(1, 3)
    done = 0

    @task
    def one_course_of_events(self) -> None:
        """Play the journeys once, then leave."""
        path, form, block = self.open_first_exercise()
        self.answer(form)
        key = self.take_key()
        self.wait()
        self.come_back(key, path, block)
        self.leave()

    def open_first_exercise(self) -> tuple[str, str, str]:
        """Catalogue, course, first lesson; return its path, a form and its block."""
        course = found(COURSE, self.page("/kurse/", "/kurse/"))[0]
        lesson = found(LESSON, self.page(course, "/kurse/…/"))[0]
        page = self.page(lesson, "/kurse/…/…/")
        for file in sorted(set(FILE.findall(page))):
            self.client.get(file, name="files of a lesson")
        form, block = found(FORM, page)
        return lesson, form, block

    def answer(self, form: str) -> None:
        """Answer as the module does."""
        with self.client.post(
            form,
            {"option": "0"},
            headers=BY_SCRIPT,
            name="answer",
            catch_response=True,
        ) as response:
            if "is-answered" not in response.json().get("exercise", ""):
                response.failure("no feedback came back")

    def take_key(self) -> str:
        """Turn the progress into an account; return the key on the card."""
        page = self.client.post(
            "/schluessel/neu/", {"progress": "take"}, headers=OWN, name="new key"
        )
        return found(KEY, page.text)[0]

    def come_back(self, key: str, lesson: str, block: str) -> None:
        """Sign in on another device; one step further is the exact exercise."""
        self.client.cookies.clear()
        with self.client.post(
            "/schluessel/",
            {"key": key, "shared": "on"},
            headers=OWN,
            name="sign-in with the key",
            catch_response=True,
        ) as response:
            if (lesson, block) not in ONWARD.findall(response.text):
                response.failure(f"{response.status_code}, no way to the exercise")
        with self.client.get(
            lesson, name="/kurse/…/…/ (signed in)", catch_response=True
        ) as response:
            if f'href="#b-{block}" data-resume' not in response.text:
                response.failure("the lesson does not offer the exact exercise")
            if not RESULT.search(response.text):
                response.failure("the answer is lost")

    def leave(self) -> None:
        """Be done; the last one ends the run."""
        Pupil.done += 1
        if Pupil.done == self.environment.parsed_options.num_users:
            self.environment.runner.quit()
        gevent.sleep(FOREVER)  # no second time, and nobody in this one's place

    def page(self, path: str, name: str) -> str:
        """Open a page and return its text."""
        return self.client.get(path, name=name).text


@events.quitting.add_listener
def judge(environment: Environment, **_event: object) -> None:
    """Fail the run where a promise is broken."""
    total = environment.stats.total
    slow = total.get_response_time_percentile(0.95) or 0
    if total.num_failures or environment.runner.exceptions or slow >= SLOWEST_P95:
        environment.process_exit_code = 1
