from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "karvan.stages.credentials"
    label = "credentials"
