"""Who gets what on the sheet, its paste, and the list of an organization's measures."""

from tests.permissions.table import Address, Place


def _organization(at: Place) -> dict[str, str]:
    return {"slug": at.slug, "ref": at.organization}


ADDRESSES: dict[str, Address] = dict.fromkeys(
    (
        "measures:sheet",
        "measures:sheet_confirm",
        "measures:sheet_row",
        "measures:sheet_token",
        "measures:sheet_trend",
        "measures:paste",
        "measures:paste_save",
        "measures:undo",
        "measures:sign_off",
        "measures:withdraw_sign_off",
        "measures:months_csv",
        "measures:measures",
        "measures:measures_csv",
        "measures:new",
        "measures:adopt",
    ),
    _organization,
) | {
    "measures:care_processes": lambda at: {"slug": at.slug},
    "measures:care_processes_csv": lambda at: {"slug": at.slug},
    "measures:remove_care_process": lambda at: {"slug": at.slug, "process": at.process},
}

TABLE = """
                                            vis str app led ent mem spo pst fac com off fun adm
# --- the list: read by everybody who sees the organization; its measures are those that each may see
GET  measures:measures           own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:measures           other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:measures           applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 ok
GET  measures:measures           elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  measures:measures_csv       own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:measures_csv       other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  measures:measures_csv       applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 ok
GET  measures:measures_csv       elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- a new measure: the lead, an applicant's too
GET  measures:new                own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
GET  measures:new                other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  measures:new                applicant  in  404 ok  404 404 404 404 404 404 404 403 404 403
GET  measures:new                elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:new                own        in  404 ok  ok  403 403 403 ok  403 404 403 403 403
POST measures:new                other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:new                applicant  in  404 ok  404 404 404 404 404 404 404 403 404 403
POST measures:new                elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
# --- a core measure that is not named is not found
POST measures:adopt              own        in  404 404 404 403 403 403 404 403 404 403 403 403
POST measures:adopt              other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST measures:adopt              applicant  in  404 404 404 404 404 404 404 404 404 403 404 403
POST measures:adopt              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

# --- the sheet: lead and data entry log, the office corrects in its own name; faculty change no number, ever
GET  measures:sheet              own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
GET  measures:sheet              other      in  404 404 403 403 403 403 403 403 404 ok  403 403
GET  measures:sheet              applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
GET  measures:sheet              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:sheet              own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
POST measures:sheet              other      in  404 404 403 403 403 403 403 403 404 ok  403 403
POST measures:sheet              applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
POST measures:sheet              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  measures:sheet_trend        own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
GET  measures:sheet_trend        other      in  404 404 403 403 403 403 403 403 404 ok  403 403
GET  measures:sheet_trend        applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
GET  measures:sheet_trend        elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  measures:sheet_token        own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
GET  measures:sheet_token        other      in  404 404 403 403 403 403 403 403 404 ok  403 403
GET  measures:sheet_token        applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
GET  measures:sheet_token        elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
# --- a row that is not named is not found; a note is the organization's own
GET  measures:sheet_row          own        in  404 404 404 404 403 403 404 403 404 404 403 403
GET  measures:sheet_row          other      in  404 404 403 403 403 403 403 403 404 404 403 403
GET  measures:sheet_row          applicant  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  measures:sheet_row          elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:sheet_confirm      own        in  404 404 404 404 403 403 404 403 404 404 403 403
POST measures:sheet_confirm      other      in  404 404 403 403 403 403 403 403 404 404 403 403
POST measures:sheet_confirm      applicant  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:sheet_confirm      elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

# --- a block: as the sheet
GET  measures:paste              own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
GET  measures:paste              other      in  404 404 403 403 403 403 403 403 404 ok  403 403
GET  measures:paste              applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
GET  measures:paste              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:paste              own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
POST measures:paste              other      in  404 404 403 403 403 403 403 403 404 ok  403 403
POST measures:paste              applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
POST measures:paste              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:paste_save         own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
POST measures:paste_save         other      in  404 404 403 403 403 403 403 403 404 ok  403 403
POST measures:paste_save         applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
POST measures:paste_save         elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
# --- undo: one's own saves, by whoever logs
GET  measures:undo               own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
GET  measures:undo               other      in  404 404 403 403 403 403 403 403 404 ok  403 403
GET  measures:undo               applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
GET  measures:undo               elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:undo               own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
POST measures:undo               other      in  404 404 403 403 403 403 403 403 404 ok  403 403
POST measures:undo               applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
POST measures:undo               elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
# --- a sheet signed off and taken back: by whoever logs on it
GET  measures:sign_off           own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
GET  measures:sign_off           other      in  404 404 403 403 403 403 403 403 404 ok  403 403
GET  measures:sign_off           applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
GET  measures:sign_off           elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:sign_off           own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
POST measures:sign_off           other      in  404 404 403 403 403 403 403 403 404 ok  403 403
POST measures:sign_off           applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
POST measures:sign_off           elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST measures:withdraw_sign_off  own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
POST measures:withdraw_sign_off  other      in  404 404 403 403 403 403 403 403 404 ok  403 403
POST measures:withdraw_sign_off  applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
POST measures:withdraw_sign_off  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
# --- months × measures, to take away
GET  measures:months_csv         own        in  404 ok  ok  ok  403 403 ok  403 404 ok  403 403
GET  measures:months_csv         other      in  404 404 403 403 403 403 403 403 404 ok  403 403
GET  measures:months_csv         applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 403
GET  measures:months_csv         elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

# --- the care processes that all of them choose from: the office keeps the list
GET  measures:care_processes     own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  measures:care_processes     elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST measures:care_processes     own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST measures:care_processes     elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  measures:care_processes_csv own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  measures:care_processes_csv elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  measures:remove_care_process own       in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  measures:remove_care_process elsewhere in  404 404 404 404 404 404 404 404 404 404 404 ok
POST measures:remove_care_process own       in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST measures:remove_care_process elsewhere in  404 404 404 404 404 404 404 404 404 404 404 ok
"""
