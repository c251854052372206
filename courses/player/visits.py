"""Somebody at a lesson: what its page, and each reply to an answer, is made of."""

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from content.requests import generation_of, offer_languages, private
from courses.catalogue.library import CourseEntry, FinalTestEntry, LessonEntry
from courses.exercises.grading import Exercise, ExerciseState
from courses.groups.levels import agreement
from courses.groups.opening import Opening
from courses.groups.queries import Sharing
from courses.progress.learners import Learner, learner_of
from courses.progress.state import Answered, Progress

from .asked_again import refuses_cookies
from .asking import Asked, asked_in, lab_place
from .body import LessonBody, lesson_body, read_course
from .carried import About, Carried, lead_to
from .finding import find_lesson
from .frames import for_reader, framed, kept_piece
from .helping import help_offer
from .labs import lab_mark, lab_marks
from .opened import closed_exercises, closed_page, opening_in, sharings_for
from .presenting import (
    exercise_states,
    finishes_course,
    first_open,
    lesson_url_in,
    open_exercises,
    outline,
    summary,
)
from .recalling import (
    drawn_blocks,
    exercise_of,
    question,
    question_before,
)
from .refusing import refusal, wants_pieces
from .remembering import Item

#: What an answer on its way is about: an exercise of the lesson, or of an earlier one.
EXERCISE, RECALLED = "exercise", "recalled"

#: What "Continue" leads to.
Entry = LessonEntry | FinalTestEntry | CourseEntry


@dataclass(frozen=True)
class Visit:
    """A request about a lesson, with what is known of its reader.

    ``sharings`` are the groups that gave the course, or something of it, to do.
    ``shown`` says how exercises look where that is not what is kept of them,
    ``recalled`` the same of questions from earlier lessons, by lesson and exercise.
    """

    request: HttpRequest
    learner: Learner
    course: CourseEntry
    lesson: LessonEntry
    body: LessonBody
    progress: Progress
    sharings: tuple[Sharing, ...] = ()
    shown: dict[str, ExerciseState] = field(default_factory=dict)
    recalled: dict[tuple[UUID, str], ExerciseState] = field(default_factory=dict)

    @cached_property
    def states(self) -> dict[str, ExerciseState]:
        """The state of each exercise that is not untouched, or whose solution waits."""
        states = {**exercise_states(self.body, self.progress), **self.shown}
        sealed = self.opening.sealed & self.body.exercises.keys()
        kept_back = {
            key: states.get(key, ExerciseState()).as_sealed()
            for key in sealed & self.body.graded
        }
        return {**states, **kept_back}

    @cached_property
    def opening(self) -> Opening:
        """What the groups of the reader have opened of the lesson."""
        return opening_in(self.sharings, self.course, self.lesson)

    def as_open(
        self, lesson: LessonEntry, key: str, state: ExerciseState
    ) -> ExerciseState:
        """Return the state of a question of an earlier lesson, if sealed as sealed."""
        opening = opening_in(self.sharings, self.course, lesson)
        return state.as_sealed() if key in opening.sealed else state

    @cached_property
    def place(self) -> str:
        """The block to continue at, empty for the lesson's beginning."""
        place = self.progress.place
        here = place is not None and place.lesson_key == self.lesson.key
        return (
            place.block if place and here and place.block in self.body.anchors else ""
        )

    def showing(self, key: str, state: ExerciseState) -> "Visit":
        """Return the visit with an exercise in another state."""
        return replace(self, shown={**self.shown, key: state})

    def after(self, key: str, answered: Answered) -> "Visit":
        """Return the visit with an exercise answered just now."""
        progress = replace(
            self.progress, answered={**self.progress.answered, key: answered}
        )
        state = ExerciseState(answered.best, answered.answer)
        return replace(self, progress=progress).showing(key, state)

    def after_lab(self, key: str) -> "Visit":
        """Return the visit with a lab done just now."""
        answered = {**self.progress.answered, key: Answered(100)}
        return replace(self, progress=replace(self.progress, answered=answered))


def visit_of(request: HttpRequest, course_slug: str, lesson_slug: str) -> Visit:
    """Return the visit of a request, or raise 404."""
    return visit_at(request, *find_lesson(request, course_slug, lesson_slug))


def visit_at(request: HttpRequest, course: CourseEntry, lesson: LessonEntry) -> Visit:
    """Return the visit to a lesson that was found."""
    learner = learner_of(request)
    generation = generation_of(request)
    read_course(course, generation)
    body = lesson_body(lesson.page_id, generation, lesson.path)
    progress = learner.course_progress(
        course.key, course.lesson_keys, lesson.key, lesson.progress_keys
    )
    sharings = sharings_for(learner, course.key)
    return Visit(request, learner, course, lesson, body, progress, sharings)


def is_for_another(request: HttpRequest, learner: Learner) -> bool:
    """Whether a page left open was loaded for somebody else than who learns now.

    It happens where one tab signs in or out while another waits to send an answer.
    """
    return request.POST.get("reader", learner.mark) != learner.mark


def page(visit: Visit, status: int = 200) -> HttpResponse:
    """Return the lesson's page."""
    lesson = visit.lesson
    offer = help_offer(visit.sharings, lesson, visit.opening)
    groups = [(each.group_id, each.title) for each in visit.sharings]
    asked = asked_in(visit.request.user, groups)
    around = {"help_offer": offer, "in_group": bool(groups), "asked": asked}
    offer_languages(
        visit.request,
        lambda code: lesson_url_in(
            code, generation_of(visit.request), visit.course, lesson, visit.place
        ),
    )
    return framed(
        visit.request,
        "courses/lesson.html",
        lambda: {**_context(visit), **around},
        learner=visit.learner,
        state=(_state(visit), *around.values()),
        segments=visit.body.html(
            visit.states,
            lesson.path,
            _drawn(visit) | _labs_asked(visit, asked),
            _closed(visit),
        ),
        status=status,
    )


def with_arrived(visit: Visit, arrived: Carried) -> Visit:
    """Return the visit with an answer shown that its page was opened with.

    Nothing is shown of an exercise that was changed or taken away in between.
    """
    kind, *names, fingerprint = arrived.about
    if kind == EXERCISE:
        exercise = visit.body.exercises.get(names[0])
        if exercise is None or exercise.fingerprint != fingerprint:
            return visit
        before = visit.progress.answered.get(names[0])
        state = replace(arrived.state, score=before.best if before else None)
        return visit.showing(names[0], state)
    item = question_before(visit.course, visit.lesson, *names)
    if item is None or exercise_of(visit.request, item).fingerprint != fingerprint:
        return visit
    shown = visit.as_open(item.lesson, item.exercise_key, arrived.state)
    states = {(item.lesson.key, item.exercise_key): shown}
    return replace(visit, recalled=states)


def reply(visit: Visit, key: str, status: int = 200) -> HttpResponse:
    """Answer a script with the changed pieces; lead anybody else to the exercise.

    Where no cookie stays, both show what came of the answer and that it is kept
    nowhere.
    """
    if refuses_cookies(visit.request):
        visit = visit.showing(key, replace(visit.states[key], is_unkept=True))
    if not wants_pieces(visit.request):
        exercise, state = visit.body.exercises[key], visit.states[key]
        about = (EXERCISE, key, exercise.fingerprint)
        return _to_lesson(visit, exercise, about, state) or private(page(visit, status))
    html = visit.body.exercise_html(key, visit.states[key], visit.lesson.path)
    return pieces(visit, html, status)


def reply_recalled(
    visit: Visit, item: Item, state: ExerciseState, status: int = 200
) -> HttpResponse:
    """Reply to an answer about an earlier lesson as to one about this lesson."""
    state = visit.as_open(item.lesson, item.exercise_key, state)
    state = replace(state, is_unkept=refuses_cookies(visit.request))
    states = {(item.lesson.key, item.exercise_key): state}
    if wants_pieces(visit.request):
        html = question(visit.request, visit.lesson, item, states, visit.learner)
        return pieces(visit, html, status)
    exercise = exercise_of(visit.request, item)
    about = (RECALLED, item.lesson.slug, item.exercise_key, exercise.fingerprint)
    return _to_lesson(visit, exercise, about, state) or private(
        page(replace(visit, recalled=states), status)
    )


def _to_lesson(
    visit: Visit, exercise: Exercise, about: About, state: ExerciseState
) -> HttpResponse | None:
    return lead_to(
        visit.request,
        visit.lesson.path,
        anchor=exercise.anchor,
        about=about,
        state=state,
        reader=visit.learner.mark,
    )


def pieces(visit: Visit, exercise: str, status: int = 200) -> HttpResponse:
    """Answer a script with an exercise as it looks now, and with the lesson's end."""
    changed = {
        "exercise": for_reader(exercise, visit.learner),
        "finish": kept_piece(
            visit.request,
            "courses/includes/finish.html",
            lambda: _context(visit),
            learner=visit.learner,
            state=(_state(visit), refuses_cookies(visit.request)),
        ),
    }
    return private(JsonResponse(changed, status=status))


def gone(visit: Visit) -> HttpResponse:
    """Say that an exercise is not there any more."""
    title = _("This exercise has changed")
    message = _(
        "This exercise no longer exists: the lesson has been changed. Nothing that "
        "was saved is lost. Please open the lesson again."
    )
    return refusal(visit.request, visit.lesson, title, message, status=410)


def not_open(visit: Visit) -> HttpResponse:
    """Say that the teacher has not opened the lesson, or an exercise of it, yet."""
    if not wants_pieces(visit.request) and not visit.opening.is_open:
        return closed_page(visit.request, visit.lesson.title, visit.sharings)
    title = _("Not open yet")
    message = _(
        "Whoever leads the group opens this later. Nothing was saved of this answer. "
        "What was saved before is still there."
    )
    return refusal(visit.request, visit.lesson, title, message, status=409)


def changed_hands(visit: Visit) -> HttpResponse:
    """Say that somebody else learns now than when the page was loaded."""
    title = _("Nothing was saved")
    message = _(
        "Since this page was loaded, an account has been opened or closed on this "
        "device. So nothing was saved. Please load the lesson again."
    )
    return refusal(visit.request, visit.lesson, title, message, status=409)


def kept_nowhere(visit: Visit, after: Entry | None = None) -> HttpResponse:
    """Say that nothing was saved, for no cookie stays; offer to go on all the same."""
    title = _("Nothing was saved")
    message = _(
        "This browser accepts no cookies from this site, so nothing is saved. Whoever "
        "wants to keep the progress allows cookies for this site in the settings of "
        "the browser."
    )
    return refusal(visit.request, visit.lesson, title, message, status=422, after=after)


def nobody_to_tell(visit: Visit) -> HttpResponse:
    """Say that no group asks how somebody is doing (any more)."""
    title = _("Nobody was told")
    message = _(
        "This account is in no group any more that offers help in this lesson. The own "
        "progress is still there."
    )
    return refusal(visit.request, visit.lesson, title, message, status=409)


def reply_lab(visit: Visit, name: str) -> HttpResponse:
    """Reply that a lab is done, as to an answer."""
    if wants_pieces(visit.request):
        mark = lab_mark(
            visit.request, visit.lesson, name, visit.progress, visit.learner
        )
        return pieces(visit, mark)
    anchor = next(
        s.anchor for s in visit.body.segments if visit.body.labs.get(s.block_id) == name
    )
    response = redirect(f"{visit.lesson.path}#{anchor}")
    response.status_code = 303
    return private(response)


def _drawn(visit: Visit) -> dict[str, str]:
    """Return what differs between readers: questions drawn for them, labs done."""
    marks = lab_marks(
        visit.request, visit.lesson, visit.body, visit.progress, visit.learner
    )
    if not visit.body.recalls:
        return marks
    return marks | drawn_blocks(
        visit.request,
        visit.course,
        visit.lesson,
        visit.body.recalls,
        visit.learner,
        visit.recalled,
        visit.sharings,
    )


def _closed(visit: Visit) -> dict[str, str]:
    anchors = {key: each.anchor for key, each in visit.body.exercises.items()}
    return closed_exercises(visit.opening, anchors)


def _labs_asked(visit: Visit, asked: tuple[Asked, ...]) -> dict[str, str]:
    """Return what stands behind each lab where a group may ask for its decision."""
    if not visit.sharings:
        return {}
    marks = lab_marks(
        visit.request, visit.lesson, visit.body, visit.progress, visit.learner
    )
    return {
        block_id: mark + lab_place(visit.request, visit.body.labs[block_id], asked)
        for block_id, mark in marks.items()
    }


def _state(visit: Visit) -> Hashable:
    """Return all that a lesson page shows of its reader beside the answers."""
    progress = visit.progress
    return (
        visit.sharings and (visit.opening, _tasks(visit), _openings(visit)),
        tuple(progress.lessons.get(key) for key in visit.course.lesson_keys),
        progress.tests.get(visit.course.key),
        open_exercises(visit.body, progress.answered),
        _first_open(visit),
        visit.place,
    )


def _first_open(visit: Visit) -> str:
    """Return the first exercise to be answered; closed ones cannot be."""
    passed_by = dict.fromkeys(visit.opening.closed)
    return first_open(visit.body, {**passed_by, **visit.progress.answered})


def _tasks(visit: Visit) -> tuple[tuple[str, str, bool], ...]:
    """Return the groups that gave the lesson to do: title, agreement, whether extra."""
    return tuple(
        (
            each.title,
            agreement(each.level, is_class=each.is_class, fewest=each.fewest),
            opening.is_extra,
        )
        for each in visit.sharings
        if any(given.lesson_key in (None, visit.lesson.key) for given in each.given)
        for opening in [opening_in([each], visit.course, visit.lesson)]
    )


def _openings(visit: Visit) -> tuple[Opening, ...]:
    return tuple(
        opening_in(visit.sharings, visit.course, lesson)
        for lesson in visit.course.lessons
    )


def _context(visit: Visit) -> dict[str, Any]:
    course, lesson, answered = visit.course, visit.lesson, visit.progress.answered
    items = outline(course, visit.progress, lesson.key, visit.sharings)
    before, after = course.neighbours(lesson)
    return {
        "course": course,
        "lesson": lesson,
        "position": course.lessons.index(lesson) + 1,
        "outline": items,
        "summary": summary(course, visit.progress),
        "test_state": visit.progress.tests.get(course.key),
        "open_exercises": open_exercises(visit.body, answered),
        "first_open": _first_open(visit),
        "tasks": _tasks(visit),
        "opening": visit.opening,
        "finishes_course": finishes_course(course, lesson, visit.progress),
        "is_done": any(item.is_done and item.is_current for item in items),
        "previous": before,
        "next": after,
        "resume_block": visit.place,
        "refuses_cookies": refuses_cookies(visit.request),
    }
