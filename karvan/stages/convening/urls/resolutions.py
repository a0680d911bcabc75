"""Addresses of what was adopted, what follows from it, and the final report."""

from __future__ import annotations

from django.urls import path

from ..views import resolutions, resolutions_following, resolutions_report

SESSION = "organs/<slug:organ>/<slug:session>/"
ONE = f"{SESSION}resolutions/<int:pk>/"
PARAGRAPH = f"{ONE}paragraphs/<int:paragraph>/"
REPORT = f"{SESSION}final-report/<slug:language>/"
PART = f"{REPORT}<slug:key>/"

urlpatterns = [
    path("organs/<slug:organ>/all/resolutions/", resolutions.of_organ, name="organ_resolutions"),
    path(f"{SESSION}resolutions/", resolutions.resolutions, name="resolutions"),
    path(f"{SESSION}resolutions/enter/", resolutions.enter, name="enter_resolution"),
    path(ONE, resolutions.resolution, name="resolution"),
    path(f"{ONE}print/", resolutions.on_paper, name="resolution_print"),
    path(f"{PARAGRAPH}follow/", resolutions_following.follow, name="follow_paragraph"),
    path(f"{PARAGRAPH}leave/", resolutions_following.leave, name="leave_paragraph"),
    path(f"{SESSION}not-followed-up/", resolutions_following.waiting, name="not_followed_up"),
    path(f"{SESSION}final-report/", resolutions_report.final_report, name="final_report"),
    path(REPORT, resolutions_report.in_language, name="report_in"),
    path(f"{REPORT}assemble/", resolutions_report.assemble, name="assemble_report"),
    path(f"{REPORT}adopt/", resolutions_report.adopt, name="adopt_report"),
    path(f"{REPORT}file/<slug:kind>/", resolutions_report.file, name="report_file"),
    path(f"{PART}edit/", resolutions_report.change, name="edit_report"),
    path(f"{PART}add/", resolutions_report.add, name="add_to_report"),
    path(f"{PART}leave-out/", resolutions_report.leave_out, name="leave_out_of_report"),
]
