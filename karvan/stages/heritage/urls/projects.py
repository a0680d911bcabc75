"""Addresses of the room projects."""

from __future__ import annotations

from django.urls import path

from ..views import editions, projects, projects_public, projects_works

PROJECT = "heritage/projects/<slug:code>/"
PHASE = f"{PROJECT}phases/<slug:kind>/"

urlpatterns = [
    path("editions/<slug:edition>/restorations/", editions.edition, name="edition"),
    path("heritage/projects/", projects.projects, name="projects"),
    path("heritage/<slug:register>/monuments/<int:pk>/restore/", projects.new, name="project_new"),
    path(PROJECT, projects.project, name="project"),
    path(f"{PROJECT}change/", projects.change, name="project_change"),
    path(f"{PROJECT}stop/", projects.stop, name="project_stop"),
    path(f"{PROJECT}resume/", projects.resume, name="project_resume"),
    path(f"{PROJECT}permits/", projects.permit, name="project_permit"),
    path(f"{PROJECT}permits/<int:pk>/", projects.permit_file, name="project_permit_file"),
    path(PHASE, projects.phase, name="project_phase"),
    path(f"{PHASE}begin/", projects.phase_begin, name="project_phase_begin"),
    path(f"{PHASE}end/", projects.phase_end, name="project_phase_end"),
    path(f"{PHASE}leave-out/", projects.phase_leave_out, name="project_phase_leave_out"),
    path(f"{PROJECT}works/", projects_works.works, name="works"),
    path(f"{PROJECT}works/<int:pk>/", projects_works.work, name="work"),
    path(f"{PROJECT}works/<int:pk>/drop/", projects_works.work_drop, name="work_drop"),
    path(f"{PROJECT}money/", projects_works.money, name="money"),
    path(f"{PROJECT}evidence/", projects_works.evidence, name="evidence"),
    path(f"{PROJECT}evidence/<slug:viewpoint>/", projects_works.viewpoint, name="viewpoint"),
    path(f"{PROJECT}pictures/<int:pk>/", projects_works.photo, name="site_photo"),
    path(f"{PROJECT}pictures/<int:pk>/small/", projects_works.thumb, name="site_thumb"),
    path(f"{PROJECT}completion.pdf", projects_works.completion, name="completion"),
    path(f"{PROJECT}public/", projects_public.public, name="project_public"),
    path(
        f"{PROJECT}public/pictures/<int:pk>/",
        projects_public.public_photo,
        name="project_public_photo",
    ),
    path(
        f"{PROJECT}public/pictures/<int:pk>/small/",
        projects_public.public_thumb,
        name="project_public_thumb",
    ),
]
