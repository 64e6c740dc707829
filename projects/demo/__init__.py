"""The demo's projects with the measures that show them, made by the product's own verbs."""

from projects.demo.programme import sow
from projects.demo.stories import settle, tell

__all__ = ["settle", "sow", "tell"]
