"""The list of people: uploaded, shown before it changes anything, mended by hand."""

from typing import Any, Final
from uuid import UUID

from django.core import signing
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from courses.catalogue.library import Library, shelf_of
from courses.groups.models import Organisation
from courses.groups.roles import Action
from courses.groups.views.guard import for_organisation

from .. import services
from ..forms import ListForm, PersonForm, TakeBackForm, UnitForm
from ..lists import Line
from ..models import Employee, Unit
from ..queries import people_of, unit_tree
from ..reconciling import Plan, shared_addresses
from ..taking_back import gone_with_evidence, proved_courses, take_back
from .assigning import course_title
from .filtering import PER_PAGE, back_to, filter_of, page_of
from .saying import say_taken_back

#: A list that was shown can be confirmed so long, in seconds.
CONFIRM_WITHIN: Final = 3600
SALT: Final = "courses.training.list"

#: Who works here.
PRESENT: Final = Q(left=None)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def upload(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Take a list, show what it would change, and change it once that is confirmed."""
    if "lines" in request.POST:
        return _confirmed(request, organisation)
    is_sent = request.method == "POST"
    form = ListForm(request.POST, request.FILES) if is_sent else ListForm()
    if is_sent and form.is_valid():
        read = form.read()
        if not read.problems:
            return _preview(request, organisation, read.lines)
        context = {"form": form, "problems": read.problems}
        return _upload_page(request, organisation, context, status=422)
    return _upload_page(
        request, organisation, {"form": form}, status=422 if form.is_bound else 200
    )


def _upload_page(
    request: HttpRequest,
    organisation: Organisation,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    context = {"organisation": organisation, **context}
    return render(request, "courses/training/upload.html", context, status=status)


def _preview(
    request: HttpRequest,
    organisation: Organisation,
    lines: list[Line],
    problem: str = "",
) -> HttpResponse:
    plan = services.plan_list(organisation, lines)
    rows = [(line.reference, line.name, line.unit, line.email) for line in lines]
    context = {
        "organisation": organisation,
        "plan": plan,
        "shared": shared_addresses(lines),
        "problem": problem,
        "lines": signing.dumps(rows, salt=SALT, compress=True),
        "digest": plan.digest,
    }
    status = 422 if problem else 200
    return render(request, "courses/training/preview.html", context, status=status)


def _confirmed(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Change the list as it was shown; ask again where that does not hold any more."""
    try:
        rows = signing.loads(request.POST["lines"], salt=SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature:
        context = {
            "form": ListForm(),
            "problem": _("This preview is too old. Please choose the file again."),
        }
        return _upload_page(request, organisation, context, status=422)
    lines = [Line(ref, name, tuple(unit), mail) for ref, name, unit, mail in rows]
    plan = services.plan_list(organisation, lines)
    if plan.removes_many and request.POST.get("gone", "").strip() != str(
        len(plan.gone)
    ):
        problem = _("Please enter the number of people who are gone, or stop here.")
        return _preview(request, organisation, lines, problem)
    try:
        done = services.carry_out(
            organisation, lines, digest=request.POST.get("digest", "")
        )
    except services.ListChanged:
        problem = _(
            "The list was changed in the meantime. Nothing was written. Please look "
            "at the new preview."
        )
        return _preview(request, organisation, lines, problem)
    return _done(request, organisation, done)


def _done(request: HttpRequest, organisation: Organisation, plan: Plan) -> HttpResponse:
    context = {"organisation": organisation, "plan": plan}
    return render(request, "courses/training/uploaded.html", context)


@require_safe
@for_organisation(Action.RUN_TRAINING)
def people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show people by name, of one unit or with some words.

    Words find who left as well, as long as evidence of theirs can be taken back.
    """
    tree = unit_tree(organisation)
    chosen = filter_of(request, tree)
    page = page_of(request, people_of(organisation).filter(chosen.people()))
    gone = gone_with_evidence(organisation).filter(chosen.people())
    context = {
        "organisation": organisation,
        "filter": chosen,
        "gone": gone[:PER_PAGE] if chosen.words.strip() else [],
        "page": page,
        "rows": [(each, tree.title(each.unit_id)) for each in page],
    }
    return render(request, "courses/training/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def person(
    request: HttpRequest, organisation: Organisation, employee_id: UUID
) -> HttpResponse:
    """Show and change one person; on ``leave`` see them off.

    Both lead back to the page of the list one came from.
    """
    employee = _employee(organisation, employee_id)
    if "leave" in request.POST:
        services.let_go([employee])
        return _back_to_people(request, organisation)
    form = PersonForm(
        request.POST or None, instance=employee, tree=unit_tree(organisation)
    )
    if request.method == "POST" and form.is_valid():
        services.change_person(employee, **form.cleaned_data)
        return _back_to_people(request, organisation)
    context = {"organisation": organisation, "employee": employee, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "courses/training/person.html", context, status=status)


def _employee(organisation: Organisation, pk: UUID, who: Q = PRESENT) -> Employee:
    """Return somebody of the list, or raise 404."""
    employee = organisation.employees.filter(who, pk=pk).first()
    if employee is None:
        raise Http404(_("There is nobody like this on the list."))
    return employee


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def evidence(
    request: HttpRequest, organisation: Organisation, employee_id: UUID
) -> HttpResponse:
    """Take back what was confirmed for one person by mistake, once it is confirmed.

    Neither page nor answer says whether there was any: evidence of a test stays, and
    how somebody proved their training is nobody's business. Whoever left is found as
    long as evidence of theirs is shown.
    """
    shown = Q(evidence__is_visible=True)
    employee = _employee(organisation, employee_id, PRESENT | shown)
    courses = _courses(organisation, shelf_of(request))
    form = TakeBackForm(request.POST or None, courses=courses)
    back = reverse("training_people", args=[organisation.pk])
    if employee.left is None:
        back = reverse("training_person", args=[organisation.pk, employee.pk])
    is_complete = request.method == "POST" and form.is_valid()
    if is_complete and "confirm" in request.POST:
        values = form.cleaned_data
        take_back(employee, UUID(values["course"]), values["month"])
        say_taken_back(request)
        return redirect(back)
    context = {
        "employee": employee,
        "back": back,
        "form": form,
        "is_preview": is_complete,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "courses/training/take_back.html", context, status=status)


def _courses(organisation: Organisation, shelf: Library) -> list[tuple[str, str]]:
    """Return key and title of what is assigned or was proved, sorted by title."""
    titles = {
        key: course_title(shelf, key)
        for key in organisation.assignments.values_list("course_key", flat=True)
    }
    for key, title in proved_courses(organisation).items():
        known = shelf.known_course(key)
        titles[key] = known.title if known else title
    by_title = sorted((title, str(key)) for key, title in titles.items())
    return [(key, title) for title, key in by_title]


@require_http_methods(["GET", "HEAD", "POST"])
@for_organisation(Action.RUN_TRAINING)
def unit(
    request: HttpRequest, organisation: Organisation, unit_id: UUID
) -> HttpResponse:
    """Rename a unit, hang it below another one, or merge it with its namesake there.

    Merging cannot be undone and changes past reports, so it is confirmed.
    """
    tree = unit_tree(organisation)
    found = tree.units.get(unit_id)
    if found is None:
        raise Http404(_("There is no such unit."))
    initial = {"name": found.name, "parent": str(found.parent_id or "")}
    form = UnitForm(request.POST or None, initial=initial, tree=tree, unit=found)
    twin = None
    if request.method == "POST" and form.is_valid():
        place = {"name": form.cleaned_data["name"], "parent": form.above}
        twin = services.twin_of(found, **place)
        if twin is None or request.POST.get("merge") == str(twin.pk):
            if _is_changed(found, form, {**place, "into": twin}):
                return _back_to_people(request, organisation)
    context = {"organisation": organisation, "unit": found, "form": form, "twin": twin}
    status = 422 if form.is_bound else 200
    return render(request, "courses/training/unit.html", context, status=status)


def _is_changed(unit: Unit, form: UnitForm, place: dict[str, Any]) -> bool:
    """Change a unit, or say in the form that others were quicker."""
    try:
        services.change_unit(unit, **place)
    except services.TrainingError:
        problem = _("The units were changed in the meantime. Please choose again.")
        form.add_error("parent", problem)
        return False
    return True


def _back_to_people(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    path = reverse("training_people", args=[organisation.pk])
    return redirect(back_to(request, path))


def chosen_people(request: HttpRequest, organisation: Organisation) -> list[Employee]:
    """Return the people ticked in a form, of this organisation only."""
    keys = []
    for typed in request.POST.getlist("person"):
        try:
            keys.append(UUID(typed))
        except ValueError:
            continue
    return list(people_of(organisation).filter(pk__in=keys))
