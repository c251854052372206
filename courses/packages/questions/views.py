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
from .adding import add_questions, collection_for, still_missing
from .limits import MOST_BYTES
from .outline import outline
from .results import Found, Question, QuestionFileError
from .statements import joined
from .upload import packed, unpacked


class QuestionFileForm(forms.Form):
    """A file, or one that was looked at before and comes back with the page."""

    file = forms.FileField(
        label=_("File with questions"),
        required=False,
        help_text=_("Moodle XML, GIFT or QTI 2.1 (one item, or a zip package)."),
    )
    join = forms.BooleanField(
        label=_("Neighbouring true/false questions as one exercise"), required=False
    )
    carried = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(
                _("The file is larger than %(size)d MB. Please split it."),
                params={"size": MOST_BYTES // 1024**2},
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Read the questions, so that what is wrong with the file stands at it."""
        cleaned = super().clean() or {}
        if "file" in self.errors:
            return cleaned
        file, carried = cleaned.get("file"), cleaned.get("carried")
        if not file and not carried:
            raise forms.ValidationError({"file": _("Please choose a file.")})
        try:
            cleaned["content"] = file.read() if file else unpacked(carried or "")
            found = read_questions(cleaned["content"])
        except QuestionFileError as error:
            raise forms.ValidationError({"file": str(error)}) from error
        cleaned["found"] = joined(found) if cleaned.get("join") else found
        return cleaned


def may_import(page: Page, user: Any) -> bool:
    """Say whether somebody may edit a page now: nobody else has locked it."""
    permissions = page.permissions_for_user(user)
    return permissions.can_edit() and not permissions.page_locked()


@require_http_methods(["GET", "HEAD", "POST"])
def import_questions(request: HttpRequest, page_id: int) -> HttpResponse:
    """Show the form; on POST show what becomes of the file, or add it to the draft."""
    lesson = get_object_or_404(LessonPage, pk=page_id)
    if not may_import(lesson, request.user):
        raise PermissionDenied
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = QuestionFileForm(*bound)
    context: dict[str, Any] = {"lesson": lesson, "form": form}
    if form.is_bound and form.is_valid():
        wants_all = "add" in request.POST
        context |= _result(request, lesson, form.cleaned_data["found"], wants_all)
        carried = packed(form.cleaned_data["content"])
        join = form.cleaned_data["join"]
        context["form"] = QuestionFileForm(initial={"carried": carried, "join": join})
        context["carried"] = carried
    status = 422 if form.errors else 200
    template = "courses/cms/import_questions.html"
    return render(request, template, context, status=status)


def _result(
    request: HttpRequest, lesson: LessonPage, found: list[Found], wants_all: bool
) -> dict[str, Any]:
    questions = [each for each in found if isinstance(each, Question)]
    if questions and wants_all:
        add_questions(lesson=lesson, questions=questions, user=request.user)
    types = question_types()
    return {
        "is_done": bool(questions) and wants_all,
        "questions": [
            {
                "title": each.title,
                "type": types[each.type_name].label,
                "notes": [*each.notes, *still_missing(each)],
                "rows": outline(each),
            }
            for each in questions
        ],
        "lacks_pictures": any(each.pictures for each in questions)
        and collection_for(request.user) is None,
        "refusals": [each for each in found if not isinstance(each, Question)],
    }
