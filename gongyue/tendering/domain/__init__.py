"""Verbs of the tendering room; each module registers its own when Django starts."""
