from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "karvan.foundation.files"
    label = "files"
