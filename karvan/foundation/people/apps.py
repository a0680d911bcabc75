from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "karvan.foundation.people"
    label = "people"
