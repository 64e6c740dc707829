"""What is refused before the site is asked."""

from django.utils.functional import Promise


class RefusedError(Exception):
    """A request that is not taken: status and sentence for its sender. `is_unread` while its body is still to come."""

    def __init__(self, status: int, sentence: str | Promise, *, is_unread: bool = False) -> None:
        super().__init__(status)
        self.status, self.sentence, self.is_unread = status, sentence, is_unread
