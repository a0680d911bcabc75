from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "karvan.stages.delivery"
    label = "delivery"
