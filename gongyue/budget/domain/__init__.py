"""Verbs of the budget room; each module registers its own when Django starts."""
