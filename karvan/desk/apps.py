from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "karvan.desk"
    label = "desk"
