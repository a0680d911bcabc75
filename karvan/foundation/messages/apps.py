from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "karvan.foundation.messages"
    label = "letters"  # "messages" is taken by Django's own flash messages
