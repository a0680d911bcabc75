"""Addresses of dossiers: teardown, its photographs and the block diagram."""

from __future__ import annotations

from django.urls import URLPattern, path

from ..views import diagram, teardown, teardown_guides, teardown_marks, teardown_photos

EDITION = "editions/<slug:edition>/dossiers/"
DOSSIER = f"{EDITION}<int:pk>/"
TEARDOWN = f"{DOSSIER}teardown/"
STEP = f"{TEARDOWN}steps/<int:step>/"
PHOTO = f"{TEARDOWN}photographs/<int:photo>/"
DIAGRAM = f"{DOSSIER}diagram/"

urlpatterns: list[URLPattern] = [
    path(TEARDOWN, teardown.teardown, name="teardown"),
    path(f"{TEARDOWN}worker.js", teardown_photos.teardown_worker, name="teardown_worker"),
    path(f"{TEARDOWN}guide.<str:kind>", teardown_guides.teardown_export, name="teardown_export"),
    path(f"{TEARDOWN}paper.pdf", teardown_guides.teardown_paper, name="teardown_paper"),
    path(f"{TEARDOWN}import/", teardown_guides.teardown_import, name="teardown_import"),
    path(f"{TEARDOWN}import/take/", teardown_guides.teardown_take, name="teardown_take"),
    path(f"{TEARDOWN}steps/", teardown.step_quick, name="step_quick"),
    path(f"{TEARDOWN}steps/new/", teardown.step_new, name="step_new"),
    path(STEP, teardown.step, name="step"),
    path(f"{STEP}move/", teardown.step_move, name="step_move"),
    path(f"{STEP}delete/", teardown.step_delete, name="step_delete"),
    path(f"{STEP}photographs/", teardown_photos.step_photos, name="step_photos"),
    path(PHOTO, teardown_marks.photo, name="photo"),
    path(f"{PHOTO}file/", teardown_photos.photo_file, name="photo_file"),
    path(f"{PHOTO}small/", teardown_photos.photo_thumb, name="photo_thumb"),
    path(f"{PHOTO}words/", teardown_photos.photo_words, name="photo_words"),
    path(f"{PHOTO}delete/", teardown_photos.photo_delete, name="photo_delete"),
    path(DIAGRAM, diagram.diagram, name="diagram"),
    path(f"{DIAGRAM}blocks/", diagram.block_add, name="block_add"),
    path(f"{DIAGRAM}blocks/<int:block>/", diagram.block, name="block"),
    path(f"{DIAGRAM}blocks/<int:block>/delete/", diagram.block_delete, name="block_delete"),
    path(f"{DIAGRAM}links/", diagram.link_add, name="link_add"),
    path(f"{DIAGRAM}links/<int:link>/", diagram.link, name="link"),
    path(f"{DIAGRAM}links/<int:link>/delete/", diagram.link_delete, name="link_delete"),
]
