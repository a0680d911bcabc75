from django.apps import AppConfig


class HeritageConfig(AppConfig):
    name = "karvan.stages.heritage"
    label = "heritage"
