from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "explor.ground.messaging"
    label = "messaging"
    verbose_name = "Messagerie"
