"""Addresses of training managers; included inside ``i18n_patterns``."""

from django.urls import path

from .views import assigning, people

TRAINING = "gruppen/schulung/<uuid:organisation_id>/"
ASSIGNMENT = f"{TRAINING}zuweisung/<uuid:assignment_id>/"

urlpatterns = [
    path("gruppen/schulung/", assigning.index, name="trainings"),
    path(TRAINING, assigning.overview, name="training"),
    path(f"{TRAINING}liste/", people.upload, name="training_list"),
    path(f"{TRAINING}personen/", people.people, name="training_people"),
    path(
        f"{TRAINING}personen/<uuid:employee_id>/",
        people.person,
        name="training_person",
    ),
    path(f"{TRAINING}einheiten/<uuid:unit_id>/", people.unit, name="training_unit"),
    path(f"{TRAINING}zuweisen/", assigning.assign, name="training_assign"),
    path(ASSIGNMENT, assigning.assignment, name="training_assignment"),
    path(f"{ASSIGNMENT}mails/", assigning.mail, name="training_mail"),
    path(f"{ASSIGNMENT}karten/", assigning.cards, name="training_cards"),
]
