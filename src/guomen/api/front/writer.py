"""Writes a batch of presentations; when the batch as a whole cannot be, each alone."""

from collections.abc import Sequence

from django.db import DataError, InterfaceError, OperationalError, connection

from guomen import clock
from guomen.api.problems import RequestUnreadable
from guomen.apps.border.operations import Presentation, clear_passages
from guomen.apps.border.queries import PassageAnswer
from guomen.core.refusal import Refusal

Told = PassageAnswer | Refusal


def write(presentations: Sequence[Presentation]) -> list[Told]:
    """Clear a batch in one transaction; raise where the database is away."""
    try:
        return clear_passages(at=clock.now(), presentations=presentations)
    except (OperationalError, InterfaceError):
        connection.close()  # the next batch opens a new one
        raise
    except DataError as error:
        if len(presentations) == 1:
            return [RequestUnreadable(field="body", why=type(error).__name__)]
        # One presentation that the database cannot keep must not cost the others their answer.
        return [answer for one in presentations for answer in write([one])]
