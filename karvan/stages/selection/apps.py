from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "karvan.stages.selection"
    label = "selection"
