"""Who gets what at a measure's own addresses."""

from p2.stamps.keys import key_to
from tests.permissions.table import Address, Place


def at_measure(at: Place) -> dict[str, str]:
    return {"slug": at.slug, "ref": at.measure}


ADDRESSES: dict[str, Address] = {
    "measures:measure": at_measure,
    "measures:live": at_measure,
    "stamp": lambda at: {"key": key_to(at.measure)},
    "measures:figure": at_measure,
    "measures:points": at_measure,
    "measures:history": at_measure,
    "measures:define": at_measure,
    "measures:share": at_measure,
    "measures:rename": at_measure,
    "measures:retire": at_measure,
    "measures:resume": at_measure,
    "measures:annotation": at_measure,
    "measures:rebase": at_measure,
    "measures:freeze": at_measure,
    "measures:exclusion": at_measure,
    "measures:withdraw_annotation": lambda at: at_measure(at) | {"mark": at.annotation},
    "measures:withdraw_rebase": lambda at: at_measure(at) | {"mark": at.rebase},
    "measures:withdraw_freeze": lambda at: at_measure(at) | {"mark": at.freeze},
    "measures:withdraw_exclusion": lambda at: at_measure(at) | {"mark": at.exclusion},
    "api:measure-list": lambda at: {},
    "api:measure-detail": lambda at: {"ref": at.measure},
    "api:measure-observations": lambda at: {"ref": at.measure},
}


TABLE = """
                                                vis str app led ent mem spo pst fac com off fun adm
# --- a chart: one's own, a participant's to the collaborative, nobody else's
GET  measures:measure                own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:measure                other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:measure                applicant  in  404 ok  404 404 404 404 404 404 404 404 404 ok
GET  measures:measure                elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  measures:live                   own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:live                   other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:live                   applicant  in  404 ok  404 404 404 404 404 404 404 404 404 ok
GET  measures:live                   elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  measures:figure                 own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:figure                 other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:figure                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 ok
GET  measures:figure                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  measures:points                 own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:points                 other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:points                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 ok
GET  measures:points                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- whether it has news: whoever holds the key that came with the page (tests/p2/test_stamps.py: nobody else)
GET  stamp                           own        ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok

# --- its history: the organization's, the faculty's and the office's
GET  measures:history                own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  403 ok
GET  measures:history                other      in  404 404 403 403 403 403 403 ok  404 ok  403 ok
GET  measures:history                applicant  in  404 ok  404 404 404 404 404 404 404 404 404 ok
GET  measures:history                elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- what it is and whether it is shared: its lead's
GET  measures:define                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
GET  measures:define                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  measures:define                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
GET  measures:define                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:define                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:define                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:define                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:define                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  measures:rename                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
GET  measures:rename                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  measures:rename                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
GET  measures:rename                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:rename                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:rename                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:rename                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:rename                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  measures:retire                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
GET  measures:retire                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  measures:retire                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
GET  measures:retire                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:retire                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:retire                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:retire                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:retire                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:resume                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:resume                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:resume                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:resume                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

POST measures:share                  own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:share                  other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:share                  applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:share                  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

# --- words on it: data entry's too
GET  measures:annotation             own        in  404 ok  ok  ok  403 403 ok  403 404 403 403 403
GET  measures:annotation             other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  measures:annotation             applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
GET  measures:annotation             elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:annotation             own        in  404 ok  ok  ok  403 403 ok  403 404 403 403 403
POST measures:annotation             other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:annotation             applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:annotation             elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

POST measures:withdraw_annotation    own        in  404 ok  ok  ok  403 403 ok  403 404 403 403 403
POST measures:withdraw_annotation    other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:withdraw_annotation    applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:withdraw_annotation    elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

# --- its median: the lead's decision
GET  measures:rebase                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
GET  measures:rebase                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  measures:rebase                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
GET  measures:rebase                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:rebase                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:rebase                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:rebase                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:rebase                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  measures:freeze                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
GET  measures:freeze                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  measures:freeze                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
GET  measures:freeze                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:freeze                 own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:freeze                 other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:freeze                 applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:freeze                 elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  measures:exclusion              own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
GET  measures:exclusion              other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  measures:exclusion              applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
GET  measures:exclusion              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:exclusion              own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:exclusion              other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:exclusion              applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:exclusion              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

POST measures:withdraw_rebase        own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:withdraw_rebase        other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:withdraw_rebase        applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:withdraw_rebase        elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:withdraw_freeze        own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:withdraw_freeze        other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:withdraw_freeze        applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:withdraw_freeze        elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:withdraw_exclusion     own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:withdraw_exclusion     other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:withdraw_exclusion     applicant  in  404 ok  404 404 404 404 404 404 404 404 404 403
POST measures:withdraw_exclusion     elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

# --- the API: the same charts
GET  api:measure-list                -          401 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:measure-detail              own        401 404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  api:measure-detail              other      401 404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  api:measure-detail              applicant  401 404 ok  404 404 404 404 404 404 404 404 404 ok
GET  api:measure-detail              elsewhere  401 404 404 404 404 404 404 404 404 404 404 404 ok
GET  api:measure-observations        own        401 404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  api:measure-observations        other      401 404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  api:measure-observations        applicant  401 404 ok  404 404 404 404 404 404 404 404 404 ok
GET  api:measure-observations        elsewhere  401 404 404 404 404 404 404 404 404 404 404 404 ok
"""
