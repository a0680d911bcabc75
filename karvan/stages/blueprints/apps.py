from django.apps import AppConfig


class BlueprintsConfig(AppConfig):
    name = "karvan.stages.blueprints"
    label = "blueprints"
