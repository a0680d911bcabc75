from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "karvan.foundation.records"
    label = "records"
