from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "karvan.foundation.places"
    label = "places"
