"""How jobs come from the broker to the worker, and how long anybody waits for it."""
