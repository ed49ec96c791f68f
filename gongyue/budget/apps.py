from gongyue.kernel import rooms


class BudgetConfig(rooms.Room):
    name = "gongyue.budget"

    def ready(self) -> None:
        from gongyue.ledger.triggers import protect

        from .models import JournalEntry, JournalLine

        super().ready()
        protect(self, JournalEntry, JournalLine)
