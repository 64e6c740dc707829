"""What the engine is given: read, checked, and put into arrays."""
