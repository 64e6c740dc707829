"""How an open page learns that it has news, without session, person or database (docs/why/010-open-pages.md).

Whatever a page follows has a stamp in the broker, made anew when it changed. The page holds a signed key to it.
"""
