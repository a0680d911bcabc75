from django.apps import AppConfig


class DossiersConfig(AppConfig):
    name = "karvan.stages.dossiers"
    label = "dossiers"
