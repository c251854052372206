"""“Fragen importieren” in the CMS: a file in, a list of what became of it out."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods
from wagtail.models import Page

from courses.catalogue.models import LessonPage
from courses.exercises.registry import question_types

from . import read_questions
from .adding import add_questions, still_missing
from .limits import MOST_BYTES
from .results import Found, Question, QuestionFileError


class QuestionFileForm(forms.Form):
    """A file, and whether it is only to be looked at."""

    file = forms.FileField(
        label=_("File with questions"),
        help_text=_("Moodle XML, GIFT or QTI 2.1 (one item, or a zip package)."),
        error_messages={"required": _("Please choose a file.")},
    )
    only_look = forms.BooleanField(
        label=_("Only show what would become of it"), required=False, initial=True
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(size)d MB. Please split it."),
                params={"size": MOST_BYTES // 1024**2},
            )
        return file


def may_import(page: Page, user: Any) -> bool:
    """Say whether somebody may edit a page now: nobody else has locked it."""
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() and not permissions.page_locked()


@require_http_methods(["GET", "HEAD", "POST"])
def import_questions(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form; on POST add what can be carried over to the lesson's draft."""
    lesson = get_object_or_404(LessonPage, pk=page_id)
    if not may_import(lesson, request.user):
        raise PermissionDenied
    form = QuestionFileForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"lesson": lesson, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            found = read_questions(form.cleaned_data["file"].read())
        except QuestionFileError as error:
            form.add_error("file", str(error))
        else:
            context |= _result(request, lesson, found, form.cleaned_data["only_look"])
    status = 422 if form.errors else 200
    template = "courses/cms/import_questions.html"
    return render(request, template, context, status=status)


def _result(
    request: HttpRequest, lesson: LessonPage, found: list[Found], only_look: bool
) -> dict[str, Any]:
    questions = [each for each in found if isinstance(each, Question)]
    if questions and not only_look:
        add_questions(lesson=lesson, questions=questions, user=request.user)
    types = question_types()
    return {
        "is_done": bool(questions) and not only_look,
        "questions": [
            (each, types[each.type_name].label, [*each.notes, *still_missing(each)])
            for each in questions
        ],
        "refusals": [each for each in found if not isinstance(each, Question)],
    }
