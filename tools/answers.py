"""Exit 0 when a PostgreSQL server answers at the address given, 1 when none does."""

from __future__ import annotations

import sys
from urllib.parse import urlsplit

import psycopg


def answers(address: str) -> bool:
    """Whether the server of `address` lets us in. Its own database need not exist yet: tests create theirs."""
    server = urlsplit(address)._replace(path="/postgres").geturl()
    try:
        psycopg.connect(server, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(not answers(sys.argv[1]))
