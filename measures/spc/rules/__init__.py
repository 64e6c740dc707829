"""The rules for runs: what is counted, and the limits it is held against."""
