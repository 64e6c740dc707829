"""Who gets what at the pages that span the apps, and at the portfolio."""

from tests.permissions.table import Address

ADDRESSES: dict[str, Address] = {
    "today": lambda at: {},
    "search": lambda at: {},
    "mailbox": lambda at: {},
    "letters": lambda at: {},
    "letters_csv": lambda at: {},
    "resend_letter": lambda at: {"ref": "made-up"},
    "run_charts": lambda at: {},
    "healthz": lambda at: {},
    "readyz": lambda at: {},
    "style": lambda at: {},
    "measures:style_figure": lambda at: {"name": "improvement"},
    "projects:portfolio": lambda at: {"slug": at.slug},
    "projects:portfolio_csv": lambda at: {"slug": at.slug},
    "projects:signals": lambda at: {"slug": at.slug},
    "projects:signals_csv": lambda at: {"slug": at.slug},
}

TABLE = """
                                                       vis str app led ent mem spo pst fac com off fun adm
GET  today                                  -          in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  search                                 -          in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  run_charts                             -          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  healthz                                -          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  readyz                                 -          503 503 503 503 503 503 503 503 503 503 503 503 503
GET  style                                  -          in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  measures:style_figure                  -          in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok

# --- mail: only a demo site shows its texts; the states are the site admin's
GET  mailbox                                -          404 404 404 404 404 404 404 404 404 404 404 404 404
GET  letters                                -          in  403 403 403 403 403 403 403 403 403 403 403 ok
GET  letters_csv                            -          in  403 403 403 403 403 403 403 403 403 403 403 ok
POST resend_letter                          -          in  403 403 403 403 403 403 403 403 403 403 403 404

# --- the portfolio: office, faculty, funder of the collaborative, and the site admin
GET  projects:portfolio                     own        in  404 403 403 403 403 403 403 ok  403 ok  ok  ok
GET  projects:portfolio                     elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  projects:portfolio_csv                 own        in  404 403 403 403 403 403 403 ok  403 ok  ok  ok
GET  projects:portfolio_csv                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  projects:signals                       own        in  404 403 403 403 403 403 403 ok  403 ok  ok  ok
GET  projects:signals                       elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  projects:signals_csv                   own        in  404 403 403 403 403 403 403 ok  403 ok  ok  ok
GET  projects:signals_csv                   elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
"""
