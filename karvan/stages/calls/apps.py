from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "karvan.stages.calls"
    label = "calls"
