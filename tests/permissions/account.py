"""Who gets what at sign-in: the pages of allauth, the demo's sign-in, Django's admin, the API's description."""

from tests.permissions.table import Address

ADDRESSES: dict[str, Address] = {
    "account_login": lambda at: {},
    "account_logout": lambda at: {},
    "account_inactive": lambda at: {},
    "account_signup": lambda at: {},
    "account_change_password": lambda at: {},
    "account_set_password": lambda at: {},
    "account_reset_password": lambda at: {},
    "account_reset_password_done": lambda at: {},
    "account_reset_password_from_key": lambda at: {"uidb36": "1", "key": "made-up"},
    "account_reset_password_from_key_done": lambda at: {},
    "demo_sign_in": lambda at: {},
    "admin:index": lambda at: {},
    "api_schema": lambda at: {},
}

TABLE = """
                                               vis str app led ent mem spo pst fac com off fun adm
# --- who is signed in already is led on from the sign-in page; a made-up key of a reset opens nothing
GET  account_login                         -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST account_login                         -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  account_logout                        -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST account_logout                        -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  account_inactive                      -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  account_signup                        -   in  in  in  in  in  in  in  in  in  in  in  in  in
GET  account_change_password               -   in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST account_change_password               -   in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  account_set_password                  -   in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  account_reset_password                -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST account_reset_password                -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  account_reset_password_done           -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  account_reset_password_from_key       -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST account_reset_password_from_key       -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  account_reset_password_from_key_done  -   ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
# --- no demo site, no demo sign-in
POST demo_sign_in                          -   404 404 404 404 404 404 404 404 404 404 404 404 404
# --- the rest
any  admin:index                           -   in  in  in  in  in  in  in  in  in  in  in  in  ok
GET  api_schema                            -   401 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
"""
