"""What a question type is. Types import this module and nothing else of the project.

Where learners type, ``typed`` beside it says which spellings are the same.

A type is a folder beside this file with a ``TYPE`` in its ``__init__.py``. Grading is a
pure function of (definition, answer): no user, no database, no clock.

Answers speak in the author's numbers (option 0, item 2), so that they fit every
language. What the reader sees may stand in another order: ``seed`` names that order and
is the same when a form is shown and when it is read.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from html import unescape
from typing import Any, ClassVar, Protocol

from django.core.exceptions import ValidationError
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from content.addresses import only_plain
from content.chosen import PictureChooserBlock
from content.richtext import BLOCK_FEATURES, INLINE_FEATURES, LABEL_FEATURES

#: What an answer looks like once read from the form: anything JSON can hold.
Answer = Any

KEY_MAX_LENGTH = 60
#: What every id within an exercise keeps to.
PLAIN_ID = only_plain
#: Id of the ``datalist`` in the editor's form that offers the goals of the course.
GOALS_LIST = "course-goals"


class AnswerError(ValueError):
    """The form holds no answer that could be graded; the message says what to do.

    ``given`` is what was filled in so far, as ``parts`` shows it: nobody starts again
    because one thing is missing.
    """

    def __init__(self, message: Any, given: Answer | None = None) -> None:
        super().__init__(message)
        self.given = given


class FormData(Protocol):
    """The part of ``QueryDict`` a type may use."""

    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True)
class Grade:
    """What came of an answer.

    ``score`` runs from 0 to 100; ``marks`` says for each part (option, gap, …), in the
    definition's order, what became of it.
    """

    score: int
    marks: tuple[str, ...] = field(default=())

    @property
    def solved(self) -> bool:
        """Whether everything is right."""
        return self.score == 100


#: Marks of a part after grading.
RIGHT, WRONG, MISSED, LEFT = "right", "wrong", "missed", "left"
#: Mark of a part that is right as far as it goes.
PARTLY = "partly"

#: From this score on, an answer that is not all right counts as nearly known.
NEARLY = 60
#: A question that blind guessing solves more often than this proves little.
GUESSABLE = 0.3


class Sureness(StrEnum):
    """How sure someone says they were, in one optional click."""

    GUESSED = "guessed"
    UNSURE = "unsure"
    SURE = "sure"


class Recall(IntEnum):
    """How well something was remembered, in the four steps of the FSRS model."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class QuestionType(ABC):
    """The contract of a question type: eight pure members and two templates.

    ``template`` shows a form and extends the ``layout`` it is given; ``paper`` is its
    printed twin. Both fill the block ``parts`` from what :meth:`parts` returns.
    ``module`` is the static path (``<name>/<file>``) of an ES module, loaded only where
    the type is used. Stylesheets in the folder's ``static`` are found by themselves;
    browsers get those of all types as one file, so each names classes of its own type.
    ``overview`` is a template that shows authors in the CMS preview how an exercise
    hangs together, finished or not.
    """

    name: ClassVar[str]
    label: ClassVar[Any]
    template: ClassVar[str]
    paper: ClassVar[str]
    module: ClassVar[str] = ""
    overview: ClassVar[str] = ""
    #: False for what is never sent or judged, such as a reflection.
    graded: ClassVar[bool] = True

    @property
    def in_steps(self) -> bool:
        """Whether it takes several answers, as a story does until it ends."""
        return type(self).is_complete is not QuestionType.is_complete

    @abstractmethod
    def block(self) -> blocks.Block:
        """Return the editor's form; its ``clean`` refuses what cannot be graded."""

    @abstractmethod
    def read_answer(
        self, definition: Mapping[str, Any], data: FormData, *, seed: str = ""
    ) -> Answer:
        """Read an answer from a posted form, or raise :class:`AnswerError`."""

    @abstractmethod
    def grade(self, definition: Mapping[str, Any], answer: Answer) -> Grade:
        """Grade an answer that ``read_answer`` gave for the same definition."""

    @abstractmethod
    def structure(self, definition: Mapping[str, Any]) -> Any:
        """Return what grading depends on, as JSON values, free of language.

        Two definitions with the same structure may show each other's answers, unless
        an edit has moved parts from one to the other (see ``arrangement``). What is
        typed belongs to a language, and so do the accepted forms in here.
        """

    @abstractmethod
    def parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        """Return what the templates repeat. Holds no solution while grade is None.

        An answer without grade is shown as given so far.
        """

    def as_shown(
        self, definition: Mapping[str, Any], answer: Answer, *, seed: str = ""
    ) -> Answer:
        """Return an answer, finished or not, as its owner may read it in a test.

        Where the author's numbers tell what is right, it speaks in those of what is
        shown instead.
        """
        return answer

    def from_shown(
        self, definition: Mapping[str, Any], shown: Answer, *, seed: str = ""
    ) -> Answer:
        """Return the answer that :meth:`as_shown` made this of."""
        return shown

    def paper_parts(
        self,
        definition: Mapping[str, Any],
        answer: Answer | None,
        grade: Grade | None,
        *,
        seed: str = "",
    ) -> list[dict[str, Any]]:
        """Return what the printed twin repeats, where it is not the same."""
        return self.parts(definition, answer, grade, seed=seed)

    def overview_parts(self, definition: Mapping[str, Any]) -> Any:
        """Return what the overview shows of a definition that may be unfinished."""
        return None

    @abstractmethod
    def solution(self, definition: Mapping[str, Any]) -> Answer:
        """Return an answer with the full score, for answer sheets."""

    @abstractmethod
    def guess_chance(self, definition: Mapping[str, Any]) -> float:
        """Return the chance of solving the exercise blindly, from 0 to 1."""

    def counting(self, definition: Mapping[str, Any], grade: Grade) -> Any:
        """Return why a score is not the share of what is right; "" where it is.

        For learners, who read before it how much was right, and the score or that it
        is not enough for points.
        """
        return ""

    def options(self, definition: Mapping[str, Any]) -> Sequence[Any]:
        """Return what an answer lists the numbers of; nothing where it does not.

        Where there is something, a group can be shown how many chose what.
        """
        return ()

    def is_complete(self, definition: Mapping[str, Any], answer: Answer) -> bool:
        """Say whether an answer can be graded; stories go on until they end."""
        return True

    def rating(
        self,
        definition: Mapping[str, Any],
        grade: Grade,
        sureness: Sureness | None = None,
    ) -> Recall:
        """Say how well an answer shows that something was remembered.

        Luck is no memory: what was guessed counts as forgotten, and what is easily
        guessed as hard unless the learner says otherwise.
        """
        if not grade.solved:
            return Recall.HARD if grade.score >= NEARLY else Recall.AGAIN
        if sureness is Sureness.GUESSED:
            return Recall.AGAIN
        if sureness is Sureness.SURE:
            return Recall.GOOD
        guessable = self.guess_chance(definition) > GUESSABLE
        return Recall.HARD if sureness or guessable else Recall.GOOD


def display_order(count: int, seed: str) -> list[int]:
    """Return the numbers 0 to count - 1 in the order a seed gives; "" leaves them.

    The same in every process and Python version, because forms are read with it.
    """
    if not seed:
        return list(range(count))

    def place(number: int) -> bytes:
        return hashlib.sha256(f"{seed}/{number}".encode()).digest()

    return sorted(range(count), key=place)


def hidden_order(definition: Mapping[str, Any], count: int, seed: str) -> list[int]:
    """Return an order that never is the author's, for where that is the solution."""
    order = display_order(count, f"{seed}/{definition['key']}")
    return order if order != sorted(order) else order[1:] + order[:1]


def in_order(values: Sequence[Any], order: Sequence[int]) -> list[Any]:
    """Return values that stand in the author's order as they are shown."""
    return [values[number] for number in order]


def out_of_order(shown: Sequence[Any], order: Sequence[int]) -> list[Any]:
    """Return the values in the author's order that :func:`in_order` had."""
    return [value for _number, value in sorted(zip(order, shown, strict=True))]


def inline_text(**options: Any) -> blocks.RichTextBlock:
    """Return a field for one run of text: emphasis, links, terms, no paragraphs."""
    return blocks.RichTextBlock(features=INLINE_FEATURES, **options)


def block_text(**options: Any) -> blocks.RichTextBlock:
    """Return a field for paragraphs, headings and lists."""
    return blocks.RichTextBlock(features=BLOCK_FEATURES, **options)


def card_text(**options: Any) -> blocks.RichTextBlock:
    """Return a field for what stands on a card that is picked: nothing to click."""
    return blocks.RichTextBlock(features=LABEL_FEATURES, **options)


def picture(**options: Any) -> blocks.ChooserBlock:
    """Return a field for a picture, which is read with all others of a course."""
    return PictureChooserBlock(**options)


def plain(text: Any) -> str:
    """Return a rich text's words without marks, for comparing and for options."""
    return " ".join(unescape(strip_tags(str(getattr(text, "source", text)))).split())


class ExerciseKeyBlock(blocks.CharBlock):
    """An exercise's id: scores hang on it, so it never changes once published."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=KEY_MAX_LENGTH,
            label=_("Id"),
            help_text=_(
                "A short name for this exercise in lower case. Leave it empty to get "
                "one proposed. Never change it later: results hang on it."
            ),
            validators=[PLAIN_ID],
            **kwargs,
        )


class GoalBlock(blocks.CharBlock):
    """The id of a learning goal; the form offers those of the course by their text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=KEY_MAX_LENGTH,
            label=_("Learning goal"),
            **{
                "help_text": _("Offers the goals of the course by their text."),
                **kwargs,
            },
        )
        self.field.widget.attrs["list"] = GOALS_LIST


class ExerciseBlock(blocks.StructBlock):
    """What every exercise has; a type adds its own fields behind the question."""

    key = ExerciseKeyBlock()
    intro = blocks.RichTextBlock(
        required=False, features=BLOCK_FEATURES, label=_("Scene before the question")
    )
    question = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Question"))
    hint = blocks.RichTextBlock(
        required=False, features=INLINE_FEATURES, label=_("Hint")
    )
    explanation = blocks.RichTextBlock(
        required=False, features=BLOCK_FEATURES, label=_("Explanation afterwards")
    )
    goal = GoalBlock(required=False)

    class Meta:
        icon = "help"
        group = _("Exercises")
        package_argument = "key"
        # The page around it shows a learner's answer; the body cache leaves it out.
        stateful = True
        label_format = "{question}"
        preview_template = "courses/exercises/block_preview.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for child in self.child_blocks.values():
            start_with_fewest(child)

    def get_form_layout(self) -> blocks.BlockGroup:
        """Put the id, which is made by itself, where only those look who need it."""
        others = [name for name in self.child_blocks if name != "key"]
        return blocks.BlockGroup(others, settings=["key"])

    def get_preview_value(self) -> Any:
        """Return the example; what it leaves out is as empty as in a stored block."""
        return self.to_python(self.meta.preview_value)

    def clean(self, value: Any) -> Any:
        """Refuse what cannot be graded. A draft may be unfinished, a page may not."""
        cleaned = super().clean(value)
        problems = {} if self.is_deferred_validation else self.problems(cleaned)
        if problems:
            raise StructBlockValidationError(problems)
        return cleaned

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Return what cannot be graded, by field; every required field is filled."""
        return {}


def start_with_fewest(block: blocks.Block) -> None:
    """Let a list's form start with as many empty entries as the list needs."""
    if isinstance(block, blocks.ListBlock) and (block.meta.min_num or 0) > 1:
        block.meta.default = [
            block.child_block.get_default() for _number in range(block.meta.min_num)
        ]


def list_problem(problem: ValidationError) -> ValidationError:
    """Return a problem of a list as a whole, shown above its entries."""
    return ListBlockValidationError(non_block_errors=[problem])


def entry_problems(
    problems: Mapping[int, ValidationError | dict[str, ValidationError]],
) -> ValidationError:
    """Return problems of a list's entries, or of their fields, each shown there."""
    return ListBlockValidationError(
        block_errors={
            number: StructBlockValidationError(each) if isinstance(each, dict) else each
            for number, each in problems.items()
        }
    )


class OptionBlock(blocks.StructBlock):
    """One option of a choice, with the reason it is right or wrong."""

    text = blocks.RichTextBlock(features=INLINE_FEATURES, label=_("Option"))
    correct = blocks.BooleanBlock(required=False, label=_("Correct"))
    feedback = blocks.RichTextBlock(
        features=INLINE_FEATURES, label=_("Feedback: why is it right or wrong?")
    )

    class Meta:
        icon = "radio-empty"
        label = _("Option")


class ChoiceBlock(ExerciseBlock):
    """Options to choose from; a subclass says how many may be correct."""

    options = blocks.ListBlock(OptionBlock(), min_num=2, max_num=10, label=_("Options"))

    def problems(self, value: Mapping[str, Any]) -> dict[str, ValidationError]:
        """Refuse duplicate options and an impossible number of correct ones."""
        options = value["options"]
        problem = duplicate_option(options) or self.correct_count_problem(
            sum(bool(option["correct"]) for option in options), len(options)
        )
        return {"options": list_problem(problem)} if problem else {}

    def correct_count_problem(self, correct: int, total: int) -> ValidationError | None:
        """Return what is wrong with the number of correct options, if anything."""
        raise NotImplementedError


def duplicate_option(options: Sequence[Mapping[str, Any]]) -> ValidationError | None:
    """Return an error if a text stands there twice, as a reader sees it."""
    seen: set[str] = set()
    for option in options:
        # The editor gives each paragraph a key of its own.
        text = plain(option["text"]).casefold()
        if text in seen:
            return ValidationError(
                _("Two entries have the same text. Change or remove one of them.")
            )
        seen.add(text)
    return None


def correct_options(definition: Mapping[str, Any]) -> set[int]:
    """Return the indices of the correct options."""
    return {i for i, o in enumerate(definition["options"]) if o["correct"]}


def option_texts(definition: Mapping[str, Any]) -> list[Any]:
    """Return what stands at each option, in the author's order."""
    return [option["text"] for option in definition["options"]]


def read_chosen(definition: Mapping[str, Any], data: FormData) -> list[int]:
    """Return the valid option indices in a form, sorted and without repeats."""
    chosen = set(data.getlist("option"))
    return [i for i in range(len(definition["options"])) if str(i) in chosen]


def last_value(data: FormData, name: str) -> str:
    """Return what a field holds; of a field sent twice, as Django does, the last."""
    return next(reversed(data.getlist(name)), "")


def read_number(data: FormData, name: str, count: int) -> int | None:
    """Return the number below ``count`` that a field holds, if it holds one."""
    known = {str(number): number for number in range(count)}
    return known.get(last_value(data, name))


def mark_options(definition: Mapping[str, Any], chosen: set[int]) -> tuple[str, ...]:
    """Say for each option whether it was rightly or wrongly chosen or left out."""
    correct = correct_options(definition)
    marks = {(True, True): RIGHT, (True, False): WRONG, (False, True): MISSED}
    return tuple(
        marks.get((i in chosen, i in correct), LEFT)
        for i in range(len(definition["options"]))
    )


def choices_score(marks: Sequence[str]) -> int:
    """Return the share of correct options chosen less that of wrong ones chosen.

    Each option is a decision of its own; neither choosing all nor none earns anything.
    """
    correct = marks.count(RIGHT) + marks.count(MISSED)
    hits, slips = marks.count(RIGHT), marks.count(WRONG)
    return max(0, round(100 * (hits / correct - slips / (len(marks) - correct))))


def choices_counting() -> Any:
    """Return in a sentence what :func:`choices_score` counts."""
    return _(
        "What is rightly chosen earns points, what is wrongly chosen takes points off. "
        "Otherwise it would be best to choose everything."
    )


def option_parts(
    definition: Mapping[str, Any], chosen: set[int], grade: Grade | None, seed: str
) -> list[dict[str, Any]]:
    """Return the options for a template; feedback and marks only after grading."""
    options = list(definition["options"])
    parts = []
    for index in display_order(len(options), seed):
        option = options[index]
        part = {"index": index, "text": option["text"], "chosen": index in chosen}
        if grade is not None:
            part["mark"] = grade.marks[index]
            part["feedback"] = option["feedback"]
        parts.append(part)
    return parts


def choice_structure(definition: Mapping[str, Any]) -> list[int]:
    """Return number and place of the correct options."""
    return [len(definition["options"]), *sorted(correct_options(definition))]
