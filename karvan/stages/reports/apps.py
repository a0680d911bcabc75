from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "karvan.stages.reports"
    label = "reports"
