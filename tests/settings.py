"""p2.settings as the tests want them: on this run's own servers, quick passwords, tasks done at once."""

import os

from tests.cluster import start_once

os.environ.update(start_once(), PSEUDO_LANGUAGE="1")

from p2.settings import *  # noqa: F403 (the servers' addresses come first)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MIDDLEWARE = [name for name in MIDDLEWARE if "whitenoise" not in name]  # noqa: F405 (files are the live site's)
DATABASES["default"]["ENGINE"] = "tests.postgresql"  # noqa: F405 (may empty what is only ever added to)
