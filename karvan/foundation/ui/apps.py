from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "karvan.foundation.ui"
    label = "ui"
