"""Addresses of the room surveys."""

from __future__ import annotations

from django.urls import path

from ..views import surveys, surveys_one

OF_MONUMENT = "heritage/<slug:register>/monuments/<int:pk>/surveys/"
ONE = f"{OF_MONUMENT}<int:survey>/"

urlpatterns = [
    path("heritage/surveys/", surveys.due, name="surveys_due"),
    path("heritage/terms/", surveys.terms, name="terms"),
    path(OF_MONUMENT, surveys.surveys, name="surveys"),
    path(f"{OF_MONUMENT}begin/", surveys.begin, name="survey_begin"),
    path(f"{OF_MONUMENT}compare/", surveys.compare, name="surveys_compare"),
    path(ONE, surveys_one.survey, name="survey"),
    path(f"{ONE}write/", surveys_one.write, name="survey_write"),
    path(f"{ONE}damage/", surveys_one.damage, name="survey_damage"),
    path(f"{ONE}threat/", surveys_one.threat, name="survey_threat"),
    path(f"{ONE}advice/", surveys_one.advice, name="survey_advice"),
    path(f"{ONE}sign/", surveys_one.sign, name="survey_sign"),
    path(f"{ONE}discard/", surveys_one.discard, name="survey_discard"),
    path(f"{ONE}damage/<int:part>/photo/", surveys_one.photo, name="survey_photo"),
    path(f"{ONE}damage/<int:part>/marks/", surveys_one.marks, name="survey_marks"),
    path(f"{ONE}<slug:kind>/<int:part>/remove/", surveys_one.take_out, name="survey_take_out"),
]
