"""Decision: a story that goes on as one decides, with several endings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..base import (
    PLAIN_ID,
    Answer,
    AnswerError,
    ExerciseBlock,
    FormData,
    Grade,
    QuestionType,
    Recall,
    Sureness,
    block_text,
    display_order,
    entry_problems,
    inline_text,
    list_problem,
    plain,
)
from .outline import outline
from .story import (
    FULL_SCORE,
    Story,
    can_end,
    chance_of_full_score,
    ending_steps,
    reachable,
    story_of,
    walk,
    way_to,
)

MAX_STEPS = 40
MAX_CHOICES = 5
#: A path may go in circles, but not for ever.
MAX_PATH = 60
ENDINGS = [
    ("gut", _("good ending")),
    ("gemischt", _("mixed ending")),
    ("schlecht", _("bad ending")),
]


class DecisionBlock(blocks.StructBlock):
    """One way to go on."""

    text = inline_text(label=_("What to do"))
    to = blocks.CharBlock(
        max_length=40,
        label=_("Continues at"),
        help_text=_("The name of the step this leads to."),
    )
    feedback = inline_text(
        label=_("Feedback: what comes of it?"),
        help_text=_("The consequence, told once the story has ended."),
    )

    class Meta:
        icon = "arrow-right"
        label = _("Decision")
        label_format = "{to}"


class StepBlock(blocks.StructBlock):
    """A part of the story; without decisions, an ending."""

    id = blocks.CharBlock(
        max_length=40,
        validators=[PLAIN_ID],
        label=_("Name of the step"),
        help_text=_("A short name that decisions lead to. Learners do not see it."),
    )
    text = block_text(label=_("What happens"))
    choices = blocks.ListBlock(
        DecisionBlock(),
        required=False,
        default=[],
        max_num=MAX_CHOICES,
        label=_("Decisions"),
        help_text=_("Without any, this step is an ending."),
    )
    ending = blocks.ChoiceBlock(
        choices=ENDINGS,
        required=False,
        label=_("Kind of ending"),
        help_text=_("Only for endings. Learners read the title instead."),
    )
    title = blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Title of the ending"),
        help_text=_("Only for endings: how it turned out, in a few words."),
    )
    score = blocks.IntegerBlock(
        required=False,
        min_value=0,
        max_value=100,
        label=_("Score"),
        help_text=_("Only for endings; 100, 50 or 0 by their kind if left empty."),
    )

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{id} {title}"


class ScenarioBlock(ExerciseBlock):
    """Editor's form of a story; every way through it has to come to an end."""

    steps = blocks.ListBlock(
        StepBlock(),
        min_num=2,
        max_num=MAX_STEPS,
        label=_("Steps of the story"),
        help_text=_(
            "The story begins with the first one. The preview draws where they lead."
        ),
    )

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse stories in which somebody would get stuck, and name the step."""
        steps = list(value["steps"])
        story = story_of(value)
        found = step_problems(steps) or way_problems(story)
        if found:
            return {"steps": entry_problems(found)}
        if FULL_SCORE not in story.scores:
            text = _("No ending has the full score of 100: mark one as good.")
            return {"steps": list_problem(ValidationError(text))}
        return {}

    class Meta:
        icon = "shuffle"
        label = _("Decision")
        description = _("A story that goes on as one decides, with several endings.")
        preview_value = {
            "key": "paket",
            "question": "Was macht Tom?",
            "steps": [
                {
                    "id": "nachricht",
                    "text": "<p>Eine Nachricht verlangt zwei Euro für ein Paket.</p>",
                    "choices": [
                        {
                            "text": "Auf den Link tippen",
                            "to": "verloren",
                            "feedback": "Die Seite sieht nur echt aus.",
                        },
                        {
                            "text": "Erst den Absender ansehen",
                            "to": "ruhe",
                            "feedback": "Das dauert Sekunden und sagt viel.",
                        },
                    ],
                },
                {
                    "id": "verloren",
                    "text": "<p>Die Kartennummer ist in fremden Händen.</p>",
                    "ending": "schlecht",
                    "title": "Teuer bezahlt",
                    "score": 0,
                },
                {
                    "id": "ruhe",
                    "text": "<p>Das Paket kommt am nächsten Tag.</p>",
                    "ending": "gut",
                    "title": "Ruhe bewahrt",
                    "score": 100,
                },
            ],
        }


Problems = dict[int, dict[str, ValidationError]]


def step_problems(steps: Sequence[Mapping[str, Any]]) -> Problems:
    """Return what is wrong with single steps, by number and field."""
    known = Counter(step["id"] for step in steps)
    found: Problems = {}
    for number, step in enumerate(steps):
        problems = {}
        if known[step["id"]] > 1:
            problems["id"] = ValidationError(_("Two steps have this name."))
        problems |= ending_problems(step)
        unknown = {
            place: {
                "to": ValidationError(
                    _("There is no step named “%(name)s”."),
                    params={"name": choice["to"]},
                )
            }
            for place, choice in enumerate(step["choices"])
            if choice["to"] not in known
        }
        if unknown:
            problems["choices"] = entry_problems(unknown)
        if problems:
            found[number] = problems
    return found


def ending_problems(step: Mapping[str, Any]) -> dict[str, ValidationError]:
    """Return what keeps a step from being either an ending or none."""
    if step["choices"]:
        message = _("A step with decisions is no ending: leave this empty.")
        given = ["ending"] * bool(step["ending"])
        given += ["score"] * (step["score"] is not None)
        return {name: ValidationError(message) for name in given}
    if not step["ending"]:
        message = _("Without decisions this step ends the story: say how.")
        return {"ending": ValidationError(message)}
    if not step["title"].strip():
        message = _("Say in a few words how the story turned out.")
        return {"title": ValidationError(message)}
    return {}


def way_problems(story: Story) -> Problems:
    """Return steps that nothing leads to, and those that lead to no ending."""
    found: Problems = {}
    for number in set(range(len(story.ids))) - reachable(story):
        message = _("No decision leads here from the beginning.")
        found[number] = {"id": ValidationError(message)}
    for number in reachable(story) - can_end(story):
        message = _("From here the story goes in circles and never ends.")
        problem = list_problem(ValidationError(message))
        found.setdefault(number, {})["choices"] = problem
    return found


class Scenario(QuestionType):
    """An answer is the list of the decisions made, in the author's numbers.

    The score is the one of the ending reached; which ways were taken on the way there
    does not count. An ending is no right answer to a question that was asked, so it is
    neither called right nor wrong: it has a title, and each decision its consequence.
    """

    name = "scenario"
    label = _("Decision")
    template = "scenario/exercise.html"
    paper = "scenario/paper.html"
    overview = "scenario/overview.html"

    def block(self) -> ScenarioBlock:
        return ScenarioBlock()

    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        if data.getlist("restart"):
            return []
        given = data.getlist("choice")
        numbers = [str(number) for number in range(MAX_CHOICES)]
        if not given:
            raise AnswerError(_("Please decide first, then continue."))
        path = [numbers.index(each) for each in given if each in numbers]
        steps = walk(story_of(definition), path)
        if len(path) < len(given) or len(path) > MAX_PATH or steps is None:
            raise AnswerError(_("The story has changed. It starts again."), [])
        already = data.getlist("past") == [str(len(path))]
        if already and not self.is_complete(definition, path):
            raise AnswerError(_("Please decide first, then continue."), path)
        return path

    def is_complete(self, definition: Mapping[str, Any], answer: Answer) -> bool:
        story = story_of(definition)
        steps = walk(story, answer)
        return steps is not None and story.scores[steps[-1]] is not None

    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        story = story_of(definition)
        steps = walk(story, answer)
        score = story.scores[steps[-1]] if steps else None
        return Grade(score=score or 0)

    def structure(self, definition: Mapping[str, Any]) -> Any:
        story = story_of(definition)
        return [
            [list(targets), score]
            for targets, score in zip(story.targets, story.scores, strict=True)
        ]

    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        story, path = story_of(definition), list(answer or ())
        steps = walk(story, path) or [0]
        parts = []
        for place, number in enumerate(steps):
            step = definition["steps"][number]
            part = {"number": place + 1, "text": step["text"], "choices": []}
            if place < len(path):
                chosen = step["choices"][path[place]]
                part |= {"chosen": path[place], "chosen_text": chosen["text"]}
                if grade:
                    part["feedback"] = chosen["feedback"]
            elif grade:
                part |= ending_part(definition, story, number)
            else:
                order = display_order(len(step["choices"]), seed and f"{seed}/{number}")
                part["choices"] = [
                    {"index": n, "text": step["choices"][n]["text"]} for n in order
                ]
            parts.append(part)
        return parts

    def paper_parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        """Return the sections of a story to leaf through, each with its number.

        Their order is not the author's: whoever reads on sees no consequence.
        """
        story = story_of(definition)
        order = section_order(definition, len(story.ids))
        section = {number: place for place, number in enumerate(order, start=1)}
        best = walk(story, answer) if grade and answer is not None else None
        parts = []
        for number in order:
            step = definition["steps"][number]
            part = {
                "number": section[number],
                "text": step["text"],
                "is_best": number in (best or ()),
                "title": step["title"] if story.scores[number] is not None else "",
                "choices": [
                    {
                        "text": choice["text"],
                        "section": section.get(target) if target is not None else None,
                        "feedback": choice["feedback"] if grade else "",
                    }
                    for choice, target in zip(
                        step["choices"], story.targets[number], strict=True
                    )
                ],
            }
            if grade:
                part["ending"] = dict(ENDINGS).get(step["ending"], "")
            parts.append(part)
        return parts

    def overview_parts(self, definition: Mapping[str, Any]) -> dict[str, Any]:
        return outline(definition)

    def solution(self, definition: Mapping[str, Any]) -> Answer:
        story = story_of(definition)
        good = [n for n, score in enumerate(story.scores) if score == FULL_SCORE]
        return way_to(story, good) or []

    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        return chance_of_full_score(story_of(definition))

    def rating(
        self,
        definition: Mapping[str, Any],
        grade: Grade,
        sureness: Sureness | None = None,
    ) -> Recall:
        """Say how well an answer shows that something was remembered.

        A good ending shows that the situation was judged well, as much as a right
        answer does. A mixed one shows that some of it was: harder than it should be,
        but not forgotten.
        """
        if 0 < grade.score < FULL_SCORE and sureness is not Sureness.GUESSED:
            return Recall.HARD
        return super().rating(definition, grade, sureness)


def ending_part(
    definition: Mapping[str, Any], story: Story, number: int
) -> dict[str, Any]:
    """Return how a story ended, and how else it could have."""
    step = definition["steps"][number]
    others = [
        definition["steps"][other]["title"]
        for other in ending_steps(story)
        if other != number
    ]
    return {"title": step["title"], "ending": step["ending"], "others": others}


def section_order(definition: Mapping[str, Any], count: int) -> list[int]:
    """Return the steps as they stand on paper: the first one, then mixed."""
    key = str(definition["key"] or plain(definition["question"]))
    return [0, *(n + 1 for n in display_order(count - 1, key))]


TYPE = Scenario()
