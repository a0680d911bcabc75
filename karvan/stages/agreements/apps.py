from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "karvan.stages.agreements"
    label = "agreements"
