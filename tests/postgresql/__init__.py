"""Django's PostgreSQL backend as the tests use it: `flush` may empty the tables that are only ever added to."""
