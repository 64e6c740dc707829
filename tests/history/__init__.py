"""What changed in the database after a verb, and whether the history tells of it."""
