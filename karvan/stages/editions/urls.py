"""Addresses of editions."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "editions"
urlpatterns = [
    path("editions/", views.editions, name="editions"),
    path("editions/adopt/", views.adopt, name="adopt"),
    path("editions/<slug:edition>/", views.edition, name="edition"),
    path("editions/<slug:edition>/languages/", views.languages, name="languages"),
    path("editions/<slug:edition>/fulfil/", views.fulfil, name="fulfil"),
    path("editions/<slug:edition>/close/", views.close, name="close"),
    path("editions/<slug:edition>/partners/", views.partners, name="partners"),
    path(
        "editions/<slug:edition>/partners/<int:partner>/remove/",
        views.remove_partner,
        name="remove_partner",
    ),
    path("editions/<slug:edition>/parties/new/", views.add_party, name="add_party"),
    path("editions/<slug:edition>/dates/", views.dates, name="dates"),
    path("editions/<slug:edition>/dates/plan/", views.plan_all, name="plan_all"),
    path("editions/<slug:edition>/dates/clear/", views.keep_clear, name="keep_clear"),
    path("editions/<slug:edition>/dates/<str:activity>/plan/", views.plan, name="plan"),
    path("editions/<slug:edition>/dates/<str:activity>/freeze/", views.freeze, name="freeze"),
    path(
        "editions/<slug:edition>/dates/<str:activity>/actual/",
        views.record_actual,
        name="record_actual",
    ),
    path("editions/<slug:edition>/venues/", views.venues, name="venues"),
    path("editions/<slug:edition>/venues/use/", views.use_venue, name="use_venue"),
    path("editions/<slug:edition>/venues/new/", views.add_venue, name="add_venue"),
    path("editions/<slug:edition>/venues/<int:venue>/rooms/", views.add_room, name="add_room"),
    path(
        "editions/<slug:edition>/venues/<int:venue>/leave/", views.leave_venue, name="leave_venue"
    ),
    path("editions/<slug:edition>/calendar/", views.calendar, name="calendar"),
    path("editions/<slug:edition>/calendar/week/", views.set_week, name="set_week"),
    path("editions/<slug:edition>/calendar/hours/", views.set_hours, name="set_hours"),
    path("editions/<slug:edition>/calendar/holidays/", views.note_holiday, name="note_holiday"),
    path("editions/<slug:edition>/calendar/periods/", views.add_period, name="add_period"),
    path(
        "editions/<slug:edition>/calendar/periods/<int:period>/remove/",
        views.remove_period,
        name="remove_period",
    ),
    path(
        "editions/<slug:edition>/calendar/week/<int:week>/remove/",
        views.remove_week,
        name="remove_week",
    ),
    path(
        "editions/<slug:edition>/calendar/hours/<int:hours>/remove/",
        views.remove_hours,
        name="remove_hours",
    ),
    path(
        "editions/<slug:edition>/venues/<int:venue>/locate/",
        views.locate_venue,
        name="locate_venue",
    ),
    path(
        "editions/<slug:edition>/venues/<int:venue>/needed/",
        views.add_needed_rooms,
        name="add_needed_rooms",
    ),
    path("editions/<slug:edition>/places/", views.places, name="places"),
    path("editions/<slug:edition>/translation/", views.translation, name="translation"),
    path(
        "editions/<slug:edition>/translation/save/", views.save_translation, name="save_translation"
    ),
    path(
        "editions/<slug:edition>/translation/import/",
        views.import_translation,
        name="import_translation",
    ),
    path("editions/<slug:edition>/people/", views.invitations, name="invitations"),
    path("editions/<slug:edition>/people/send/", views.send_invitations, name="send_invitations"),
    path(
        "editions/<slug:edition>/people/<int:pk>/withdraw/",
        views.withdraw_invitation,
        name="withdraw_invitation",
    ),
    path("editions/<slug:edition>/parts/", views.parts, name="parts"),
    path("editions/<slug:edition>/parts/change/", views.change, name="change"),
    path("editions/<slug:edition>/sessions/<str:activity>/", views.sessions, name="sessions"),
    path(
        "editions/<slug:edition>/sessions/<str:activity>/new/",
        views.new_session,
        name="new_session",
    ),
    path(
        "editions/<slug:edition>/sessions/<str:activity>/library/",
        views.session_library,
        name="session_library",
    ),
    path(
        "editions/<slug:edition>/sessions/<str:activity>/library/<int:version>/<str:of>/<str:session>/",
        views.take_session,
        name="take_session",
    ),
    path(
        "editions/<slug:edition>/sessions/<str:activity>/of/<str:session>/",
        views.session,
        name="session",
    ),
    path("editions/<slug:edition>/design/", views.design, name="design"),
    path("editions/<slug:edition>/departures/", views.departures, name="departures"),
    path("editions/<slug:edition>/review/", views.review, name="review"),
    path("editions/<slug:edition>/finish/", views.finish, name="finish"),
    path("editions/<slug:edition>/budget/", views.budget, name="budget"),
    path("editions/<slug:edition>/budget/lay-out/", views.lay_out_budget, name="lay_out_budget"),
    path("editions/<slug:edition>/budget/lines/", views.add_budget_line, name="add_budget_line"),
    path("editions/<slug:edition>/budget/lines/<str:line>/", views.budget_line, name="budget_line"),
    path(
        "editions/<slug:edition>/budget/lines/<str:line>/shares/",
        views.say_share,
        name="say_share",
    ),
    path(
        "editions/<slug:edition>/budget/lines/<str:line>/shares/withdraw/",
        views.withdraw_share,
        name="withdraw_share",
    ),
    path(
        "editions/<slug:edition>/budget/amounts/<int:entry>/correct/",
        views.correct_amount,
        name="correct_amount",
    ),
    path("editions/<slug:edition>/plan/", views.planned_and_actual, name="planned_and_actual"),
    path("programmes/<slug:programme>/budget/", views.programme_budget, name="programme_budget"),
    path(
        "programmes/<slug:programme>/planned-and-actual/",
        views.programme_plan,
        name="programme_plan",
    ),
]
