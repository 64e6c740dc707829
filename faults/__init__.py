"""Faults while people save: `make faults`. A real site, started as by `make run`, its parts stopped and killed.

Each module of `faults.scenarios` is one fault: `TITLE`, its line in the table, and `happen(site)`, which brings the
fault about, returns once it is over, and says in a few words what it saw. See docs/why/faults.md.
"""
