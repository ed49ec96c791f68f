from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "gongyue.ledger"

    def ready(self) -> None:
        from . import models, triggers

        triggers.protect(self, models.Entry, models.Leaf, models.TreeHead)
