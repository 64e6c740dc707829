"""What stands before the site: a request is whole before one of the few threads is taken for it."""
