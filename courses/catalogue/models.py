"""The pages of the catalogue. They never see a learner.

What a learner causes are rows in ``courses.progress``; they hang on a page's
``translation_key``, never on its id, so that languages share them.
"""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.fields import RichTextField

from content.fields import SlimStreamField
from content.licences import Licence
from content.pages.base import SitePage
from content.richtext import BLOCK_FEATURES
from content.search import search_text

from . import lines
from .blocks import LessonStream, PaperStream, PoolStream
from .choices import Address, Level, Setting, Topic
from .fields import ChoiceListField, LinesField
from .forms import FinalTestForm, LessonForm
from .keys import (
    arrangements,
    blocks_by_key,
    graded_goals,
    lab_names,
    settle_keys,
    unsettled,
)
from .panels import GoalsPanel
from .pools import items_of, pool_problems, unknown_goal_message
from .tryout import try_out_of, unfinished

UNIT_MINUTES = 45
#: Address and id of the final test within its course, in every language.
TEST_ID = "abschlusstest"


class CourseIndexPage(SitePage):
    """The catalogue's page; its list is composed by the player."""

    parent_page_types: ClassVar[list[str]] = ["content.HomePage"]
    subpage_types: ClassVar[list[str]] = ["courses.CoursePage"]
    max_count_per_parent = 1

    body = SlimStreamField(PaperStream(), blank=True)

    content_panels: ClassVar[list[Any]] = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("course catalogue")


class CoursePage(SitePage):
    """A course: one question, answered in a few lessons."""

    link_kind: ClassVar[str] = "course"
    word_fields: ClassVar[list[str]] = [
        *SitePage.word_fields, "audience", "goals", "image_alt", "sources",
    ]  # fmt: skip
    # The CMS lists lessons as a course has them.
    admin_default_ordering = "ord"
    parent_page_types: ClassVar[list[str]] = ["courses.CourseIndexPage"]
    subpage_types: ClassVar[list[str]] = [
        "courses.LessonPage",
        "courses.FinalTestPage",
    ]

    audience = models.CharField(_("For whom"), max_length=120, blank=True)
    address = models.CharField(
        _("Form of address"), max_length=3, choices=Address, default=Address.DU
    )
    topics = ChoiceListField(_("Topics"), values=Topic)
    settings = ChoiceListField(_("Places of use"), values=Setting)
    level = models.CharField(
        _("Level"), max_length=12, choices=Level, default=Level.ENTRY
    )
    goals = LinesField(_("Learning goals"), lines=lines.GOALS, default=list, blank=True)
    competences = LinesField(
        _("Competences"), lines=lines.COMPETENCES, default=dict, blank=True
    )
    licence = models.CharField(
        _("Licence"), max_length=20, choices=Licence, default=Licence.BY_SA
    )
    authors = LinesField(_("Authors"), default=list, blank=True)
    image = models.ForeignKey(
        "wagtailimages.Image",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Cover picture"),
    )
    image_alt = models.CharField(
        _("What the cover picture shows"), max_length=300, blank=True
    )
    review = models.DateField(_("Next review"), null=True, blank=True)
    valid_months = models.PositiveSmallIntegerField(
        _("Months a certificate is valid"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Leave it empty where nothing has to be renewed."),
    )
    sources = LinesField(_("Sources"), lines=lines.SOURCES, default=list, blank=True)
    #: Of each language its own: what was mended in one may have been right in another.
    changes = LinesField(
        _("What is new"), lines=lines.CHANGES, default=list, blank=True
    )
    search_text = models.TextField(editable=False, default="")

    content_panels: ClassVar[list[Any]] = [
        *SitePage.content_panels,
        MultiFieldPanel(
            [FieldPanel("image"), FieldPanel("image_alt")], heading=_("Cover picture")
        ),
        FieldPanel("goals"),
        FieldPanel("sources"),
        FieldPanel("changes"),
    ]
    filing_panels: ClassVar[list[Any]] = [
        FieldPanel("audience"),
        FieldPanel("address"),
        FieldPanel("topics"),
        FieldPanel("settings"),
        FieldPanel("level"),
        FieldPanel("competences"),
        FieldPanel("licence"),
        FieldPanel("authors"),
        FieldPanel("review"),
        FieldPanel("valid_months"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Content")),
            ObjectList(filing_panels, heading=_("Filing")),
            ObjectList(SitePage.promote_panels, heading=_("Address and menu")),
        ]
    )

    class Meta:
        verbose_name = _("course")

    @property
    def goal_ids(self) -> list[str]:
        """Ids of the learning goals."""
        return [goal["id"] for goal in self.goals]

    def public_goal_ids(self) -> list[str]:
        """Return the goals that readers see, or will see when it is published."""
        shown = self if self.live else self.get_latest_revision_as_object()
        return shown.goal_ids

    def clean(self) -> None:
        """Refuse a cover picture that nobody can hear."""
        super().clean()
        if self.image_id and not self.image_alt.strip():
            raise ValidationError(
                {"image_alt": _("Say in one sentence what the cover picture shows.")}
            )

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Keep the search text in step with the words of the page."""
        goals = " ".join(goal.get("text", "") for goal in self.goals)
        self.search_text = search_text(self.title, self.summary, self.audience, goals)
        return super().save(*args, **kwargs)


class ExercisePage(SitePage):
    """What a lesson and a final test share: a stream with exercises below a course.

    ``exercise_field`` names the stream; scores hang on the page's key and an exercise's
    id in it.
    """

    exercise_field: ClassVar[str]
    link_kind: ClassVar[str] = "lesson"
    parent_page_types: ClassVar[list[str]] = ["courses.CoursePage"]
    subpage_types: ClassVar[list[str]] = []

    #: What names the arrangement of each exercise there ever was, "" for the first one.
    arrangements = models.JSONField(default=dict, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Keep what follows from the exercises in step with them.

        Wagtail saves a page three times to publish it, twice of these without them.
        """
        written = kwargs.get("update_fields")
        if written is None or self.exercise_field in written:
            self.derive()
            if self.pk:
                self.settle_arrangements()
        return super().save(*args, **kwargs)

    def derive(self) -> None:
        """Fill in what is kept beside the exercises, as their ids."""
        self.settle_keys()

    def settle_keys(self) -> None:
        """Give each exercise an id that no other of this page has or has had."""
        row = self._public_row() if unsettled(self.exercises) else None
        gone = dict.fromkeys(row.arrangements, "") if row else {}
        settle_keys(
            self.exercises, gone | (blocks_by_key(row.exercises) if row else {})
        )

    def _public_row(self) -> "ExercisePage | None":
        """Return the exercises as readers last saw them: revisions may be older."""
        if not self.pk:
            return None
        return (
            type(self)
            .objects.filter(pk=self.pk, first_published_at__isnull=False)
            .only(self.exercise_field, "arrangements")
            .first()
        )

    def settle_arrangements(self) -> None:
        """Compare with the row: a revision may be older than the last edit."""
        if row := self._public_row():
            self.arrangements = arrangements(
                row.arrangements, row.exercises, self.exercises
            )

    @property
    def exercises(self) -> Any:
        """The stream with the exercises."""
        return getattr(self, self.exercise_field)

    def package_siblings(self) -> models.QuerySet:
        """Ids are unique within their course."""
        lessons = super().package_siblings()
        course_path = self.path[: -self.steplen] if self.path else ""
        return (
            lessons.filter(path__startswith=course_path)
            if course_path
            else (lessons.none())
        )

    def clean(self) -> None:
        """Give every exercise an id of its own before the form is saved."""
        super().clean()
        self.settle_keys()

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision unless an exercise in it cannot be graded.

        Drafts may be unfinished, and the list of pages publishes without the form
        that says so.
        """
        if unfinished(revision.as_object().exercises):
            raise PermissionDenied(_("An exercise of this page is not finished."))
        return super().publish(revision, *args, **kwargs)

    def make_preview_request(
        self,
        original_request: HttpRequest | None = None,
        preview_mode: str | None = None,
        extra_request_attrs: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Tell the page which preview it is shown in: its exercises answer there."""
        attributes = {
            **(extra_request_attrs or {}),
            "try_out": try_out_of(original_request),
        }
        return super().make_preview_request(original_request, preview_mode, attributes)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Show the draft, or the one exercise of it that a script answered."""
        try_out = getattr(request, "try_out", None)
        if try_out and try_out.wants_pieces:
            return JsonResponse(try_out.pieces(self.exercises))
        return super().serve_preview(request, mode_name)


class LessonPage(ExercisePage):
    """A lesson: one idea in five to fifteen minutes."""

    exercise_field = "body"
    base_form_class = LessonForm

    minutes = models.PositiveSmallIntegerField(
        _("Minutes"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    goals = LinesField(_("Learning goals (ids)"), default=list, blank=True)
    body = SlimStreamField(LessonStream(), verbose_name=_("Lesson"))
    teacher = SlimStreamField(
        PaperStream(), blank=True, verbose_name=_("Teacher's page")
    )
    worksheet = SlimStreamField(PaperStream(), blank=True, verbose_name=_("Worksheet"))
    #: Ids of the exercises in their order, kept beside the body so that an outline
    #: needs no body.
    exercise_keys = models.JSONField(default=list, editable=False)
    #: The learning goal of each of them.
    exercise_goals = models.JSONField(default=dict, editable=False)
    #: The labs in the body, in their order.
    lab_names = models.JSONField(default=list, editable=False)
    has_teacher = models.BooleanField(default=False, editable=False)
    has_worksheet = models.BooleanField(default=False, editable=False)
    search_text = models.TextField(editable=False, default="")

    content_panels: ClassVar[list[Any]] = [
        *SitePage.content_panels,
        FieldPanel("minutes"),
        FieldPanel("goals", heading=_("Learning goals")),
        GoalsPanel(),
        FieldPanel("body"),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Lesson")),
            ObjectList(
                [FieldPanel("teacher"), FieldPanel("worksheet")],
                heading=_("For teachers"),
            ),
            ObjectList(SitePage.promote_panels, heading=_("Address and menu")),
        ]
    )

    class Meta:
        verbose_name = _("lesson")

    def clean(self) -> None:
        """Refuse the address and the id that belong to the final test."""
        super().clean()
        taken = _("This name belongs to the final test of the course.")
        fields = {"slug": TEST_ID, "package_id": TEST_ID}
        if errors := {n: taken for n, v in fields.items() if getattr(self, n) == v}:
            raise ValidationError(errors)

    def derive(self) -> None:
        """Keep the outline's facts and the words to search for, too."""
        super().derive()
        self.exercise_goals = graded_goals(self.body)
        self.exercise_keys = list(self.exercise_goals)
        self.lab_names = lab_names(self.body)
        self.has_teacher = bool(self.teacher)
        self.has_worksheet = bool(self.worksheet)
        words = self.body.stream_block.get_searchable_content(self.body)
        self.search_text = search_text(self.title, self.summary, *words)


class FinalTestPage(ExercisePage):
    """The final test of a course: a pool of questions and the rules of drawing.

    A course has at most one; it stands behind the lessons, always at the same address.
    """

    exercise_field = "pool"
    word_fields: ClassVar[list[str]] = [*ExercisePage.word_fields, "intro"]
    max_count_per_parent = 1
    base_form_class = FinalTestForm

    intro = RichTextField(
        _("Before the test"),
        features=BLOCK_FEATURES,
        blank=True,
        help_text=_("What the test is about. The rules are told by the page itself."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("Minutes"),
        default=20,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
        help_text=_("About how long it takes. There is no time limit."),
    )
    per_goal = models.PositiveSmallIntegerField(
        _("Questions of each learning goal"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_(
            "So many are drawn of each goal of the course. Of each the pool needs at "
            "least twice as many."
        ),
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("Per cent needed to pass"),
        default=60,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    attempts = models.PositiveSmallIntegerField(
        _("Attempts"),
        default=0,
        validators=[MaxValueValidator(20)],
        help_text=_("How often the test may be handed in; 0 is any number."),
    )
    pool = SlimStreamField(PoolStream(), verbose_name=_("Questions"))
    #: The pool as drawing sees it, kept beside it so that a shelf needs no pool.
    pool_items = models.JSONField(default=list, editable=False)

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title"),
        FieldPanel("summary"),
        FieldPanel("intro"),
        MultiFieldPanel(
            [
                FieldPanel("per_goal"),
                FieldPanel("pass_mark"),
                FieldPanel("attempts"),
                FieldPanel("minutes"),
            ],
            heading=_("Rules"),
        ),
        GoalsPanel(),
        FieldPanel("pool"),
    ]
    promote_panels: ClassVar[list[Any]] = [
        FieldPanel("as_of"),
        FieldPanel("draft_notice"),
    ]

    class Meta:
        verbose_name = _("final test")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address and the id that every final test has."""
        self.slug = self.package_id = TEST_ID
        super().full_clean(*args, **kwargs)

    def derive(self) -> None:
        """Keep what a drawing needs to know of each question, too."""
        super().derive()
        self.pool_items = [
            {"key": item.key, "goal": item.goal, "reserved": item.reserved}
            for item in items_of(self.pool)
        ]

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Publish a revision unless no fair test can be drawn from its pool."""
        goals = self.get_parent().specific.public_goal_ids()
        if problems := revision.as_object().problems(goals):
            raise PermissionDenied("\n".join(problems))
        return super().publish(revision, *args, **kwargs)

    def problems(self, goals: list[str]) -> list[str]:
        """Return why no fair test of a course's goals can be drawn from the pool."""
        items = items_of(self.pool)
        strange = dict.fromkeys(i.goal for i in items if i.goal and i.goal not in goals)
        return [
            *(unknown_goal_message(goal, goals) for goal in strange),
            *pool_problems(items, goals, self.per_goal),
        ]
