"""Who gets what at the addresses of the organizations app."""

from tests.permissions.table import Address

ADDRESSES: dict[str, Address] = {
    "organizations:collaboratives": lambda at: {},
    "organizations:collaboratives_csv": lambda at: {},
    "organizations:new_collaborative": lambda at: {},
    "organizations:collaborative": lambda at: {"slug": at.slug},
    "organizations:roster_csv": lambda at: {"slug": at.slug},
    "organizations:edit_collaborative": lambda at: {"slug": at.slug},
    "organizations:new_phase": lambda at: {"slug": at.slug},
    "organizations:edit_phase": lambda at: {"slug": at.slug, "ref": at.phase},
    "organizations:admit": lambda at: {"slug": at.slug, "ref": at.phase},
    "organizations:new_organization": lambda at: {"slug": at.slug},
    "organizations:people": lambda at: {"slug": at.slug},
    "organizations:people_csv": lambda at: {"slug": at.slug},
    "organizations:end_appointment": lambda at: {"slug": at.slug, "ref": at.appointment},
    "organizations:withdraw_invitation": lambda at: {"slug": at.slug, "ref": at.invitation},
    "organizations:renew_invitation": lambda at: {"slug": at.slug, "ref": at.invitation},
    "organizations:edit_organization": lambda at: {"slug": at.slug, "ref": at.organization},
    "organizations:units": lambda at: {"slug": at.slug, "ref": at.organization},
    "organizations:units_csv": lambda at: {"slug": at.slug, "ref": at.organization},
    "organizations:rename_unit": lambda at: {"slug": at.slug, "ref": at.organization, "unit": at.unit},
    "organizations:remove_unit": lambda at: {"slug": at.slug, "ref": at.organization, "unit": at.unit},
    "organizations:organization_people": lambda at: {"slug": at.slug, "ref": at.organization},
    "organizations:organization_people_csv": lambda at: {"slug": at.slug, "ref": at.organization},
    "organizations:end_membership": lambda at: {
        "slug": at.slug,
        "ref": at.organization,
        "membership": at.membership,
    },
    "organizations:invitation": lambda at: {"token": at.token},
    "organizations:me": lambda at: {},
    "api:collaborative-list": lambda at: {},
    "api:collaborative-detail": lambda at: {"ref": at.collaborative},
    "api:organization-list": lambda at: {},
    "api:organization-detail": lambda at: {"ref": at.organization},
}


TABLE = """
                                                       vis str app led ent mem spo pst fac com off fun adm
# --- the site
GET  organizations:collaboratives           -          in  403 403 403 403 403 403 403 403 403 403 403 ok
GET  organizations:collaboratives_csv       -          in  403 403 403 403 403 403 403 403 403 403 403 ok
GET  organizations:new_collaborative        -          in  403 403 403 403 403 403 403 403 403 403 403 ok
POST organizations:new_collaborative        -          in  403 403 403 403 403 403 403 403 403 403 403 ok

# --- coming in
GET  organizations:invitation               -          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST organizations:invitation               -          ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  organizations:me                       -          in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
POST organizations:me                       -          in  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok

# --- the collaborative: read by everybody in it, changed by its office
GET  organizations:collaborative            own        in  404 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  organizations:collaborative            elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:roster_csv               own        in  404 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  organizations:roster_csv               elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:edit_collaborative       own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  organizations:edit_collaborative       elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:edit_collaborative       own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST organizations:edit_collaborative       elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:new_phase                own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  organizations:new_phase                elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:new_phase                own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST organizations:new_phase                elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:edit_phase               own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  organizations:edit_phase               elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:edit_phase               own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST organizations:edit_phase               elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:admit                    own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  organizations:admit                    elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:admit                    own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST organizations:admit                    elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:new_organization         own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  organizations:new_organization         elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:new_organization         own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST organizations:new_organization         elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:people                   own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  organizations:people                   elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:people                   own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST organizations:people                   elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:people_csv               own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  organizations:people_csv               elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:end_appointment          own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
GET  organizations:end_appointment          elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:end_appointment          own        in  404 403 403 403 403 403 403 403 403 ok  403 ok
POST organizations:end_appointment          elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- an organization's facts: its lead, an applicant's too; the office
GET  organizations:edit_organization        own        in  404 ok  ok  403 403 403 ok  403 404 ok  403 ok
GET  organizations:edit_organization        other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
GET  organizations:edit_organization        applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 ok
GET  organizations:edit_organization        elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:edit_organization        own        in  404 ok  ok  403 403 403 ok  403 404 ok  403 ok
POST organizations:edit_organization        other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
POST organizations:edit_organization        applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 ok
POST organizations:edit_organization        elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- its units and people: its lead once it takes part; the office
GET  organizations:units                    own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
GET  organizations:units                    other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
GET  organizations:units                    applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
GET  organizations:units                    elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:units                    own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
POST organizations:units                    other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
POST organizations:units                    applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
POST organizations:units                    elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:rename_unit              own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
GET  organizations:rename_unit              other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
GET  organizations:rename_unit              applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
GET  organizations:rename_unit              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:rename_unit              own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
POST organizations:rename_unit              other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
POST organizations:rename_unit              applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
POST organizations:rename_unit              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:remove_unit              own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
POST organizations:remove_unit              other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
POST organizations:remove_unit              applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
POST organizations:remove_unit              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:organization_people      own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
GET  organizations:organization_people      other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
GET  organizations:organization_people      applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
GET  organizations:organization_people      elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:organization_people      own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
POST organizations:organization_people      other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
POST organizations:organization_people      applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
POST organizations:organization_people      elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:organization_people_csv  own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
GET  organizations:organization_people_csv  other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
GET  organizations:organization_people_csv  applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
GET  organizations:organization_people_csv  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:end_membership           own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
GET  organizations:end_membership           other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
GET  organizations:end_membership           applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
GET  organizations:end_membership           elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:end_membership           own        in  404 403 ok  403 403 403 ok  403 404 ok  403 ok
POST organizations:end_membership           other      in  404 404 403 403 403 403 403 403 404 ok  403 ok
POST organizations:end_membership           applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
POST organizations:end_membership           elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  organizations:units_csv                own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  organizations:units_csv                other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  organizations:units_csv                applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 ok
GET  organizations:units_csv                elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- an invitation is known to those who may invite there
POST organizations:withdraw_invitation      own        in  404 403 ok  404 404 404 ok  404 404 ok  404 ok
POST organizations:withdraw_invitation      other      in  404 404 404 404 404 404 404 404 404 ok  404 ok
POST organizations:withdraw_invitation      applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
POST organizations:withdraw_invitation      elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
POST organizations:renew_invitation         own        in  404 403 ok  404 404 404 ok  404 404 ok  404 ok
POST organizations:renew_invitation         other      in  404 404 404 404 404 404 404 404 404 ok  404 ok
POST organizations:renew_invitation         applicant  in  404 403 404 404 404 404 404 404 404 ok  404 ok
POST organizations:renew_invitation         elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- the API
GET  api:collaborative-list                 -          401 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:collaborative-detail               own        401 404 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:collaborative-detail               elsewhere  401 404 404 404 404 404 404 404 404 404 404 404 ok
GET  api:organization-list                  -          401 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:organization-detail                own        401 404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  api:organization-detail                other      401 404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  api:organization-detail                applicant  401 404 ok  404 404 404 404 404 404 404 ok  404 ok
GET  api:organization-detail                elsewhere  401 404 404 404 404 404 404 404 404 404 404 404 ok
"""
