"""What goes wrong, one fault a module. A fault that misses a bound of its own raises `faults.site.MissedError`."""
