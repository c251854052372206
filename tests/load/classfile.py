"""Journey 3 for ``locust``: a class joins by its code and answers, all in one minute.

Everybody starts within five seconds; the code stands in ``CLASS_CODE``. A run ends with
the last pupil and fails with any error or a p95 of a second or more; whether an answer
was lost is counted in the database afterwards (``tests.load.bench --classroom``).
"""

import os

import gevent
from locust import HttpUser, between, task

from tests.load.locustfile import FOREVER, judge
from tests.load.pages import BY_SCRIPT, CARD, FORM, LESSON, OWN, found

__all__ = ["judge"]


class Classmate(HttpUser):
    """Joins, opens the first lesson and answers its first exercise."""

    wait_time = between(1, 3)
    done = 0

    @task
    def one_lesson_begins(self) -> None:
        """Play the journey once, then leave."""
        path = f"/beitreten/gruppe/{os.environ['CLASS_CODE']}/"
        self.client.get(path, name="what was agreed on")
        card = self.client.post(path, {"number": ""}, headers=OWN, name="join").text
        self.wait()
        noted = {"next": found(CARD, card)[0]}
        group = self.client.get(
            "/schluessel/karte/", params=noted, name="noted, the group"
        ).text
        lesson = found(LESSON, group)[0]
        page = self.client.get(lesson, name="first lesson").text
        form, _block = found(FORM, page)
        self.wait()
        self.answer(form)
        self.leave()

    def answer(self, form: str) -> None:
        """Answer as the module does."""
        with self.client.post(
            form, {"option": "0"}, headers=BY_SCRIPT, name="answer", catch_response=True
        ) as response:
            if "is-answered" not in response.json().get("exercise", ""):
                response.failure("no feedback came back")

    def leave(self) -> None:
        """Be done; the last one ends the run."""
        Classmate.done += 1
        if Classmate.done == self.environment.parsed_options.num_users:
            self.environment.runner.quit()
        gevent.sleep(FOREVER)
