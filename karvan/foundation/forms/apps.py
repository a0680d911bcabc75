from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "karvan.foundation.forms"
    label = "forms"
