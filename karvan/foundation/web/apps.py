from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "karvan.foundation.web"
    label = "web"
