"""What spans the apps: dotted names from settings, called here and nowhere else (docs/build/composition.md)."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@cache
def _load(dotted: str) -> Callable[..., Any]:
    loaded: Callable[..., Any] = import_string(dotted)
    return loaded


def gather(setting: str, *args: Any, **named: Any) -> list[Any]:
    """The rows of every function named in `setting`, in its order."""
    return [row for dotted in getattr(settings, setting) for row in _load(dotted)(*args, **named)]


def call(setting: str, *args: Any, **named: Any) -> Any:
    """The answer of the one function named in `setting`."""
    return _load(getattr(settings, setting))(*args, **named)
