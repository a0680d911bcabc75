from django.apps import AppConfig


class TimetablesConfig(AppConfig):
    name = "karvan.stages.timetables"
    label = "timetables"
