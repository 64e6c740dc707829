"""How fast, measured: `make bench` runs each module's `main()` on servers of its own."""
