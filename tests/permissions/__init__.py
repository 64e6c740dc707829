"""Who may do what (docs/build/roles.md) as a table by hand: who gets what at which address.

Each app's rows are a file; none are generated.
"""
