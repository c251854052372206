"""Addresses of the learner's pages; included inside ``i18n_patterns``."""

from django.urls import path

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
    review,
    room,
    room_entry,
    verify,
)

LESSON = "kurse/<slug:course_slug>/<slug:lesson_slug>/"
ROOM = "gruppen/raum/<str:code>/"
PROOF = "nachweis/<slug:course_slug>/"
TEST = f"kurse/<slug:course_slug>/{TEST_ID}/"

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
    path(f"{TEST}beginnen/", final_test.begin, name="final_test_begin"),
    path(f"{TEST}frage/<int:number>/", final_test.question, name="final_test_question"),
    path(f"{TEST}uebersicht/", final_test.overview, name="final_test_overview"),
    path(f"{TEST}abgeben/", final_test.hand_in, name="final_test_hand_in"),
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
    path(
        "gruppen/<uuid:group_id>/karten/<uuid:member_id>/",
        cards.renew,
        name="group_card_renew",
    ),
    path("gruppen/<uuid:group_id>/paket/", packs.for_teachers, name="group_pack"),
    path("lernen/gruppe/<uuid:pk>/paket/", packs.for_members, name="membership_pack"),
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
    path(f"{PROOF}beginnen/", evidence_test.begin, name="evidence_test_begin"),
    path(
        f"{PROOF}frage/<int:number>/",
        evidence_test.question,
        name="evidence_test_question",
    ),
    path(f"{PROOF}uebersicht/", evidence_test.overview, name="evidence_test_overview"),
    path(f"{PROOF}abgeben/", evidence_test.hand_in, name="evidence_test_hand_in"),
    path(f"{PROOF}ergebnis/", evidence_test.result, name="evidence_test_result"),
    path("lernen/uebernehmen/", learning.take_over, name="take_over"),
    path("schluessel/neu/", learning.new_key, name="key_new"),
    path("konto/logout/", learning.sign_out, name="account_logout"),
    path("geraet-leeren/", learning.clear_device, name="clear_device"),
    path("ansicht/", learning.text_size, name="text_size"),
    path("suche/", catalogue.search, name="search"),
]
