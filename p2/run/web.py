"""`python -m p2.run.web`: the web process of a container, by Granian's own variables (`GRANIAN_…`).

The settings are read first: Granian would start its workers again and again on one that cannot be.
"""

import os
from importlib import import_module

from p2.run.programs import APPLICATION


def main() -> None:
    import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    os.execvp("granian", ("granian", APPLICATION))  # noqa: S606, S607 - the image has one on its PATH


if __name__ == "__main__":
    main()
