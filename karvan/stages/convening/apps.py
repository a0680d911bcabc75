from django.apps import AppConfig


class ConveningConfig(AppConfig):
    name = "karvan.stages.convening"
    label = "convening"
