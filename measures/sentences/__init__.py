"""What the engine says, in the reader's language: it answers keys and values, and these are their sentences."""
