from gongyue.kernel import rooms


class NeedsConfig(rooms.Room):
    name = "gongyue.needs"

    def ready(self) -> None:
        from gongyue.ledger.triggers import protect

        from .models import Answer

        super().ready()
        protect(self, Answer)
