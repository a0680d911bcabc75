"""Addresses of dossiers: requirements, risks, tests, alternatives, building."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import (
    alternatives,
    building,
    requirements,
    requirements_import,
    requirements_matrix,
    risks,
    risks_one,
    trials,
)

EDITION = "editions/<slug:edition>/dossiers/"
DOSSIER = f"{EDITION}<int:pk>/"
REQUIREMENTS = f"{DOSSIER}requirements/"
REQUIREMENT = f"{REQUIREMENTS}<int:line>/"
RISKS = f"{DOSSIER}risks/"
RISK = f"{RISKS}<int:line>/"
CONTROL = f"{RISK}controls/<int:control>/"
TESTS = f"{DOSSIER}tests/"
TEST = f"{TESTS}<int:line>/"
ALTERNATIVES = f"{DOSSIER}alternatives/"
ALTERNATIVE = f"{ALTERNATIVES}<int:line>/"
BUILDING = f"{DOSSIER}building/"
BUILD_STEP = f"{BUILDING}steps/<int:step>/"

urlpatterns: list[URLPattern] = [
    path(REQUIREMENTS, requirements.requirements, name="requirements"),
    path(f"{REQUIREMENTS}new/", requirements.requirement_new, name="requirement_new"),
    path(f"{REQUIREMENTS}matrix/", requirements_matrix.traceability, name="traceability"),
    path(
        f"{REQUIREMENTS}import/",
        requirements_import.requirements_import,
        name="requirements_import",
    ),
    path(
        f"{REQUIREMENTS}import/<int:file>/",
        requirements_import.requirements_preview,
        name="requirements_preview",
    ),
    path(REQUIREMENT, requirements.requirement, name="requirement"),
    path(f"{REQUIREMENT}remove/", requirements.requirement_remove, name="requirement_remove"),
    path(
        f"{REQUIREMENT}deviation/", requirements.requirement_deviation, name="requirement_deviation"
    ),
    path(RISKS, risks.risks, name="risks"),
    path(f"{RISKS}new/", risks.risk_new, name="risk_new"),
    path(f"{RISKS}templates/", risks.risk_templates, name="risk_templates"),
    path(f"{RISKS}limits/", risks.risk_limits, name="risk_limits"),
    path(RISK, risks_one.risk, name="risk"),
    path(f"{RISK}remove/", risks_one.risk_remove, name="risk_remove"),
    path(f"{RISK}judge/", risks_one.risk_judge, name="risk_judge"),
    path(f"{RISK}controls/new/", risks_one.control_new, name="control_new"),
    path(CONTROL, risks_one.control, name="control"),
    path(f"{CONTROL}remove/", risks_one.control_remove, name="control_remove"),
    path(TESTS, trials.tests, name="tests"),
    path(f"{TESTS}new/", trials.test_new, name="test_new"),
    path(f"{TESTS}templates/", trials.test_templates, name="test_templates"),
    path(TEST, trials.test, name="test"),
    path(f"{TEST}remove/", trials.test_remove, name="test_remove"),
    path(f"{TEST}confirm/", trials.test_confirm, name="test_confirm"),
    path(f"{TEST}run/", trials.test_run, name="test_run"),
    path(ALTERNATIVES, alternatives.alternatives, name="alternatives"),
    path(f"{ALTERNATIVES}weights/", alternatives.alternative_weights, name="alternative_weights"),
    path(f"{ALTERNATIVES}new/", alternatives.alternative_new, name="alternative_new"),
    path(ALTERNATIVE, alternatives.alternative, name="alternative"),
    path(f"{ALTERNATIVE}choose/", alternatives.alternative_choose, name="alternative_choose"),
    path(f"{ALTERNATIVE}remove/", alternatives.alternative_remove, name="alternative_remove"),
    path(BUILDING, building.building, name="building"),
    path(f"{BUILDING}sheet/", building.building_sheet, name="building_sheet"),
    path(f"{BUILDING}export/", building.building_export, name="building_export"),
    path(f"{BUILDING}steps/new/", building.build_step_new, name="build_step_new"),
    path(BUILD_STEP, building.build_step, name="build_step"),
    path(f"{BUILD_STEP}move/", building.build_step_move, name="build_step_move"),
    path(f"{BUILD_STEP}remove/", building.build_step_remove, name="build_step_remove"),
    path(f"{BUILD_STEP}uses/", building.build_step_use, name="build_step_use"),
    path(
        f"{BUILD_STEP}uses/<int:use>/release/",
        building.build_step_release,
        name="build_step_release",
    ),
]
