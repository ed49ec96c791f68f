from django.apps import AppConfig


class AnalyticsConfig(AppConfig):
    name = "gongyue.analytics"
