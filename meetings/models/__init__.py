"""How they learn together and tell others."""
