"""Addresses of those who lead groups; included inside ``i18n_patterns``."""

from django.urls import path

from .views import board, entry, overview, people, tasks

GROUP = "gruppen/<uuid:group_id>/"

urlpatterns = [
    path("gruppen/", overview.index, name="groups"),
    path("gruppen/neu/", overview.new, name="group_new"),
    path(
        "gruppen/organisation/<uuid:organisation_id>/",
        people.people,
        name="organisation",
    ),
    path(
        "gruppen/organisation/<uuid:organisation_id>/rolle/<uuid:staff_id>/",
        people.end_role,
        name="role_end",
    ),
    path(f"{GROUP}leitung/", people.leaders, name="group_leaders"),
    path(GROUP, board.board, name="group"),
    path(f"{GROUP}stand/", board.state, name="group_state"),
    path(f"{GROUP}namen/", board.names, name="group_names"),
    path(f"{GROUP}auftraege/", tasks.tasks, name="group_tasks"),
    path(f"{GROUP}auftraege/<uuid:task_id>/", tasks.change, name="group_task"),
    path(
        f"{GROUP}auftraege/<uuid:task_id>/entfernen/",
        tasks.remove,
        name="group_task_remove",
    ),
    path(f"{GROUP}beitritt/", entry.entry, name="group_entry"),
    path(f"{GROUP}beitritt/fenster/", entry.open_or_close, name="group_window"),
    path(f"{GROUP}mitglieder/", entry.members, name="group_members"),
    path(f"{GROUP}mitglieder/entfernen/", entry.remove, name="group_remove"),
    path(f"{GROUP}loeschen/", board.end, name="group_end"),
]
