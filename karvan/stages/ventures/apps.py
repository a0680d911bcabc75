from django.apps import AppConfig


class VenturesConfig(AppConfig):
    name = "karvan.stages.ventures"
    label = "ventures"
