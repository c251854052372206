"""Addresses of those who lead groups; included inside ``i18n_patterns``."""

from django.urls import path

from .views import (
    board,
    dates,
    entry,
    notices,
    overview,
    people,
    subscribing,
    tasks,
)

GROUP = "gruppen/<uuid:group_id>/"
DATE = f"{GROUP}termine/<uuid:meeting_id>/"
MEMBER = "lernen/gruppe/<uuid:pk>/"

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
    path(f"{GROUP}beitritt/stand/", entry.entry_state, name="group_entry_state"),
    path(f"{GROUP}beitritt/fenster/", entry.open_or_close, name="group_window"),
    path(f"{GROUP}mitglieder/", entry.members, name="group_members"),
    path(f"{GROUP}mitglieder/entfernen/", entry.remove, name="group_remove"),
    path(f"{GROUP}loeschen/", board.end, name="group_end"),
    path("termine/", dates.public_list, name="dates"),
    path("termine/abo/<str:token>.ics", subscribing.feed, name="feed"),
    path(f"{GROUP}termine/", dates.dates, name="group_dates"),
    path(f"{GROUP}termine/liste/", dates.listing, name="group_listing"),
    path(DATE, dates.change, name="group_date"),
    path(f"{DATE}absagen/", dates.cancel, name="group_date_cancel"),
    path(f"{DATE}wiederholen/", dates.repeat, name="group_date_repeat"),
    path(f"{DATE}entfernen/", dates.remove, name="group_date_remove"),
    path(f"{GROUP}nachrichten/", notices.messages, name="group_messages"),
    path(
        f"{GROUP}nachrichten/<uuid:message_id>/zuruecknehmen/",
        notices.withdraw,
        name="group_message_withdraw",
    ),
    path(f"{MEMBER}kalender/", subscribing.calendar, name="membership_calendar"),
    path(f"{MEMBER}post/", subscribing.mail, name="membership_mail"),
]
