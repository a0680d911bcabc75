from django.apps import AppConfig


class EditionsConfig(AppConfig):
    name = "karvan.stages.editions"
    label = "editions"
