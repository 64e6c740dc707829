"""P2: the ground that organizations, measures, projects and meetings stand on."""

from p2.celery import app as celery_app

__all__ = ["celery_app"]
