"""A migration operation: names, help and choices change, and nothing in the database."""

from typing import Any

from django.db.migrations.operations import SeparateDatabaseAndState


class NameFields(SeparateDatabaseAndState):
    """Operations that say only how models and fields are called: no column, no constraint.

    Django builds the models anew after each of them, some hundred times in a row; here once, when they are next
    asked for. A new database is ready in half the time.
    """

    def state_forwards(self, app_label: str, state: Any) -> None:
        """As the operations do, with models that are built when they are needed."""
        state.__dict__.pop("apps", None)
        super().state_forwards(app_label, state)
