"""Addresses of the learner's pages; included inside ``i18n_patterns``."""

from django.urls import URLPattern, path

from courses.catalogue.models import TEST_ID

from .views import (
    cards,
    catalogue,
    certificate,
    evidence,
    evidence_test,
    final_test,
    invitation,
    joining,
    learning,
    lesson,
    missing,
    packs,
    paper,
    pictures,
    recall,
    renewal,
    review,
    room,
    room_entry,
    round,
    round_entry,
    verify,
)

LESSON = "kurse/<slug:course_slug>/<slug:lesson_slug>/"
ROOM = "gruppen/raum/<str:code>/"
PROOF = "nachweis/<slug:course_slug>/"
RENEWAL = f"{PROOF}auffrischung/"
ROUND = "gruppen/<uuid:group_id>/frage/"
TEST = f"kurse/<slug:course_slug>/{TEST_ID}/"


def steps(route: str, name: str, views: final_test.Steps) -> list[URLPattern]:
    """Return the addresses between the first page of a test and its result."""
    return [
        path(f"{route}beginnen/", views.begin, name=f"{name}_begin"),
        path(f"{route}frage/<int:number>/", views.question, name=f"{name}_question"),
        path(f"{route}uebersicht/", views.overview, name=f"{name}_overview"),
        path(f"{route}abgeben/", views.hand_in, name=f"{name}_hand_in"),
    ]


urlpatterns = [
    path("kurse/", catalogue.index, name="courses"),
    path("kurse/fehlt/<uuid:key>/", missing.course_missing, name="course_missing"),
    path("kurse/<slug:course_slug>/", catalogue.course, name="course"),
    path(
        "kurse/<slug:course_slug>/bescheinigung/",
        certificate.certificate,
        name="certificate",
    ),
    path(
        "kurse/<slug:course_slug>/bescheinigung/abzeichen/",
        certificate.badge,
        name="badge",
    ),
    path("kurse/<slug:course_slug>/unterlagen/", paper.papers, name="papers"),
    path(
        "kurse/<slug:course_slug>/unterlagen/arbeitsblaetter/",
        paper.worksheets,
        name="worksheets",
    ),
    path(
        f"kurse/<slug:course_slug>/unterlagen/{TEST_ID}-<str:variant>/",
        paper.test_sheet,
        {"solved": False},
        name="test_sheet",
    ),
    path(
        f"kurse/<slug:course_slug>/unterlagen/{TEST_ID}-<str:variant>/loesungen/",
        paper.test_sheet,
        {"solved": True},
        name="test_solutions",
    ),
    path("bescheinigung/", verify.find, name="certificate_find"),
    path("bescheinigung/<uuid:number>/", verify.verify, name="certificate_verify"),
    path(
        "kurse/<slug:course_slug>/fehlt/<uuid:key>/",
        missing.missing,
        name="lesson_missing",
    ),
    path(TEST, final_test.start, name="final_test"),
    *steps(TEST, "final_test", final_test.STEPS),
    path(f"{TEST}ergebnis/", final_test.result, name="final_test_result"),
    path(LESSON, lesson.show, name="lesson"),
    path(f"{LESSON}antwort/<slug:key>/", lesson.answer, name="answer"),
    path(
        f"{LESSON}erinnern/<slug:from_slug>/<slug:key>/", recall.answer, name="recall"
    ),
    path(f"{LESSON}labor/<slug:name>/", lesson.lab_done, name="lab_done"),
    path(f"{LESSON}hilfe/", lesson.stuck, name="stuck"),
    path(f"{LESSON}weiter/", lesson.complete, name="complete"),
    path(f"{LESSON}stelle/", lesson.place, name="place"),
    path(f"{LESSON}drucken/", paper.printed, name="lesson_print"),
    path(
        f"{LESSON}lehrkraft/", paper.paper, {"kind": "teacher"}, name="lesson_teacher"
    ),
    path(
        f"{LESSON}arbeitsblatt/",
        paper.paper,
        {"kind": "worksheet"},
        name="lesson_worksheet",
    ),
    path(
        f"{LESSON}aufgaben/",
        paper.exercise_sheet,
        {"solved": False},
        name="exercise_sheet",
    ),
    path(
        f"{LESSON}loesungen/",
        paper.exercise_sheet,
        {"solved": True},
        name="solution_sheet",
    ),
    path("lernen/", learning.learning, name="learning"),
    path("lernen/weiter/", learning.go_on, name="go_on"),
    path("lernen/wiederholen/", review.review, name="review"),
    path("lernen/wiederholen/antwort/", review.answer, name="review_answer"),
    path("lernen/wiederholen/einstellen/", review.switch, name="review_switch"),
    path("lernen/wiederholen/erinnerung.ics", review.calendar, name="review_calendar"),
    path("gruppen/<uuid:group_id>/karten/", cards.cards, name="group_cards"),
    path(
        "gruppen/<uuid:group_id>/karten/alle/",
        cards.renew_all,
        name="group_cards_renew",
    ),
    path("gruppen/<uuid:group_id>/karten/neu/", cards.find, name="group_card_find"),
    path(
        "gruppen/<uuid:group_id>/karten/<uuid:member_id>/",
        cards.renew,
        name="group_card_renew",
    ),
    path("gruppen/<uuid:group_id>/paket/", packs.for_teachers, name="group_pack"),
    path("lernen/gruppe/<uuid:pk>/paket/", packs.for_members, name="membership_pack"),
    path(ROUND, round.lead, name="round"),
    path(f"{ROUND}stand/", round.lead_state, name="round_lead_state"),
    path(f"{ROUND}auswahl/", round.choose, name="round_choose"),
    path(f"{ROUND}starten/", round.run, name="round_run"),
    path(f"{ROUND}umfrage/", round.poll, name="round_poll"),
    path(f"{ROUND}zeigen/", round.show, name="round_show"),
    path(f"{ROUND}beenden/", round.end, name="round_end"),
    path("lernen/frage/", round_entry.notice, name="round_notice"),
    path("lernen/frage/labor/<slug:name>/", round_entry.lab, name="round_lab"),
    path("lernen/frage/<uuid:pk>/", round_entry.attend, name="round_attend"),
    path("lernen/frage/<uuid:pk>/stand/", round_entry.state, name="round_state"),
    path(
        "lernen/frage/<uuid:pk>/antwort/",
        round_entry.answer,
        name="round_answer",
    ),
    path("gruppen/raum/", room.rooms, name="rooms"),
    path(ROOM, room.lead, name="room"),
    path(f"{ROOM}stand/", room.lead_state, name="room_lead_state"),
    path(f"{ROOM}auswahl/", room.choose, name="room_choose"),
    path(f"{ROOM}starten/", room.run, name="room_run"),
    path(f"{ROOM}umfrage/", room.poll, name="room_poll"),
    path(f"{ROOM}zeigen/", room.show, name="room_show"),
    path(f"{ROOM}schliessen/", room.close, name="room_close"),
    path("raum/", room_entry.attend, name="room_attend"),
    path("raum/stand/", room_entry.state, name="room_state"),
    path("raum/antwort/", room_entry.answer, name="room_answer"),
    path("beitreten/", room_entry.enter, name="join"),
    path("beitreten/<str:code>/", room_entry.enter_code, name="join_code"),
    path("beitreten/gruppe/<str:code>/", joining.join, name="group_join"),
    path(
        "beitreten/gruppe/<str:code>/vorschau/", joining.preview, name="group_preview"
    ),
    path("lernen/gruppe/<uuid:pk>/", joining.membership, name="membership"),
    path("lernen/gruppe/<uuid:pk>/name/", joining.reroll, name="membership_name"),
    path("lernen/gruppe/<uuid:pk>/verlassen/", joining.leave, name="membership_leave"),
    path(
        "lernen/andere-abmelden/",
        pictures.sign_out_elsewhere,
        name="sign_out_elsewhere",
    ),
    path("lernen/bilder/", pictures.picture_pin, name="picture_pin"),
    path("einladung/", invitation.enter, name="invitation"),
    path("einladung/beispiel/", invitation.sample, name="invitation_sample"),
    path("nachweis/", evidence.overview, name="evidence"),
    path("nachweis/meine-daten.json", evidence.as_json, name="evidence_json"),
    path("nachweis/meine-daten.html", evidence.as_html, name="evidence_html"),
    path("nachweis/kiosk/", invitation.kiosk, name="kiosk"),
    path("nachweis/kiosk/ende/", invitation.end_kiosk, name="kiosk_end"),
    path(PROOF, evidence_test.start, name="evidence_test"),
    path(f"{PROOF}bescheinigung/", evidence.paper, name="evidence_paper"),
    *steps(PROOF, "evidence_test", evidence_test.STEPS),
    path(f"{PROOF}ergebnis/", evidence_test.result, name="evidence_test_result"),
    path(RENEWAL, renewal.start, name="renewal"),
    *steps(RENEWAL, "renewal", renewal.STEPS),
    path(f"{RENEWAL}ergebnis/", renewal.result, name="renewal_result"),
    path("lernen/uebernehmen/", learning.take_over, name="take_over"),
    path("schluessel/neu/", learning.new_key, name="key_new"),
    path("konto/logout/", learning.sign_out, name="account_logout"),
    path("geraet-leeren/", learning.clear_device, name="clear_device"),
    path("ansicht/", learning.text_size, name="text_size"),
    path("suche/", catalogue.search, name="search"),
]
