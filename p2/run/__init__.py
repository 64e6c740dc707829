"""`python -m p2.run`: everything P2 needs on one machine, under one supervisor."""
