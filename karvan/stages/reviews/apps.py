from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "karvan.stages.reviews"
    label = "reviews"
