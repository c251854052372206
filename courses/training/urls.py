"""Addresses of training managers; included inside ``i18n_patterns``."""

from django.urls import path

from .views import (
    assigned,
    assigning,
    auditing,
    confirming,
    due,
    inviting,
    people,
)

TRAINING = "gruppen/schulung/<uuid:organisation_id>/"
AUDIT = "gruppen/pruefung/<uuid:organisation_id>/"
ASSIGNMENT = f"{TRAINING}zuweisung/<uuid:assignment_id>/"
DUE = f"{ASSIGNMENT}faellig/"

urlpatterns = [
    path("gruppen/schulung/", assigning.index, name="trainings"),
    path(AUDIT, auditing.page, name="audit"),
    *(
        path(f"{AUDIT}mappe.{kind}", auditing.dossier, {"kind": kind}, "audit_dossier")
        for kind in ("pdf", "odt")
    ),
    path(f"{AUDIT}vorlagen/<slug:slug>/", auditing.paper, name="audit_paper"),
    *(
        path(
            f"{AUDIT}vorlagen/<slug:slug>.{kind}",
            auditing.paper_file,
            {"kind": kind},
            "audit_paper_file",
        )
        for kind in ("pdf", "odt")
    ),
    path(TRAINING, assigning.overview, name="training"),
    path(f"{TRAINING}liste/", people.upload, name="training_list"),
    path(f"{TRAINING}personen/", people.people, name="training_people"),
    path(
        f"{TRAINING}personen/<uuid:employee_id>/",
        people.person,
        name="training_person",
    ),
    path(
        f"{TRAINING}personen/<uuid:employee_id>/nachweis/",
        people.evidence,
        name="training_evidence",
    ),
    path(f"{TRAINING}einheiten/<uuid:unit_id>/", people.unit, name="training_unit"),
    path(f"{TRAINING}zuweisen/", assigning.assign, name="training_assign"),
    path(ASSIGNMENT, assigned.assignment, name="training_assignment"),
    path(f"{TRAINING}praesenz/", confirming.sessions, name="training_sessions"),
    path(DUE, due.units, name="training_due"),
    path(f"{DUE}<uuid:unit_id>/", due.people, name="training_due_unit"),
    *(
        path(f"{DUE}{unit}liste.{kind}", due.export, {"kind": kind}, name=name)
        for kind in ("csv", "ods", "pdf")
        for unit, name in (
            ("", f"training_due_{kind}"),
            ("<uuid:unit_id>/", f"training_due_unit_{kind}"),
        )
    ),
    path(f"{ASSIGNMENT}bestaetigen/", confirming.confirming, name="training_confirm"),
    path(f"{ASSIGNMENT}mails/", inviting.mail, name="training_mail"),
    path(f"{ASSIGNMENT}karten/", inviting.cards, name="training_cards"),
]
