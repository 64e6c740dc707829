"""Who gets what at the addresses of the projects app."""

from tests.permissions.table import Address

ADDRESSES: dict[str, Address] = {
    "projects:organization": lambda at: {"slug": at.slug, "ref": at.organization},
    "projects:projects_csv": lambda at: {"slug": at.slug, "ref": at.organization},
    "projects:new_project": lambda at: {"slug": at.slug, "ref": at.organization},
    "projects:project": lambda at: {"slug": at.slug, "ref": at.project},
    "projects:team_csv": lambda at: {"slug": at.slug, "ref": at.project},
    "projects:project_measures_csv": lambda at: {"slug": at.slug, "ref": at.project},
    "projects:edit_project": lambda at: {"slug": at.slug, "ref": at.project},
    "projects:complete_project": lambda at: {"slug": at.slug, "ref": at.project},
    "projects:stop_project": lambda at: {"slug": at.slug, "ref": at.project},
    "projects:team": lambda at: {"slug": at.slug, "ref": at.project},
    "projects:project_measures": lambda at: {"slug": at.slug, "ref": at.project},
    "projects:remove_team_member": lambda at: {
        "slug": at.slug,
        "ref": at.project,
        "team_member": at.team_member,
    },
    "projects:unlink_measure": lambda at: {"slug": at.slug, "ref": at.project, "link": at.link},
    "api:project-list": lambda at: {},
    "api:project-detail": lambda at: {"ref": at.project},
}

TABLE = """
                                                       vis str app led ent mem spo pst fac com off fun adm
# --- the page of an organization: read by the participants and the overseers
GET  projects:organization                  own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:organization                  other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:organization                  applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 ok
GET  projects:organization                  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  projects:projects_csv                  own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:projects_csv                  other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:projects_csv                  applicant  in  404 ok  404 404 404 404 404 404 404 ok  404 ok
GET  projects:projects_csv                  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- starting a project: the lead of a participant, nobody from above
GET  projects:new_project                   own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
GET  projects:new_project                   other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  projects:new_project                   applicant  in  404 403 404 404 404 404 404 404 404 403 404 403
GET  projects:new_project                   elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST projects:new_project                   own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
POST projects:new_project                   other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST projects:new_project                   applicant  in  404 403 404 404 404 404 404 404 404 403 404 403
POST projects:new_project                   elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

# --- a project: read by the participants and the overseers
GET  projects:project                       own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:project                       other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:project                       applicant  in  404 ok  404 404 404 404 404 404 404 404 404 ok
GET  projects:project                       elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  projects:team_csv                      own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:team_csv                      other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:team_csv                      applicant  in  404 ok  404 404 404 404 404 404 404 404 404 ok
GET  projects:team_csv                      elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok
GET  projects:project_measures_csv          own        in  404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:project_measures_csv          other      in  404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  projects:project_measures_csv          applicant  in  404 ok  404 404 404 404 404 404 404 404 404 ok
GET  projects:project_measures_csv          elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 ok

# --- changing a project: the lead of a participant, nobody from above
GET  projects:edit_project                  own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
GET  projects:edit_project                  other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  projects:edit_project                  applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
GET  projects:edit_project                  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST projects:edit_project                  own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
POST projects:edit_project                  other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST projects:edit_project                  applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
POST projects:edit_project                  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  projects:complete_project              own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
GET  projects:complete_project              other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  projects:complete_project              applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
GET  projects:complete_project              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST projects:complete_project              own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
POST projects:complete_project              other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST projects:complete_project              applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
POST projects:complete_project              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  projects:stop_project                  own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
GET  projects:stop_project                  other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  projects:stop_project                  applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
GET  projects:stop_project                  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST projects:stop_project                  own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
POST projects:stop_project                  other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST projects:stop_project                  applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
POST projects:stop_project                  elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  projects:team                          own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
GET  projects:team                          other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  projects:team                          applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
GET  projects:team                          elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST projects:team                          own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
POST projects:team                          other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST projects:team                          applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
POST projects:team                          elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
GET  projects:project_measures              own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
GET  projects:project_measures              other      in  404 404 403 403 403 403 403 403 404 403 403 403
GET  projects:project_measures              applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
GET  projects:project_measures              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST projects:project_measures              own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
POST projects:project_measures              other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST projects:project_measures              applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
POST projects:project_measures              elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST projects:remove_team_member            own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
POST projects:remove_team_member            other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST projects:remove_team_member            applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
POST projects:remove_team_member            elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403
POST projects:unlink_measure                own        in  404 403 ok  403 403 403 ok  403 404 403 403 403
POST projects:unlink_measure                other      in  404 404 403 403 403 403 403 403 404 403 403 403
POST projects:unlink_measure                applicant  in  404 403 404 404 404 404 404 404 404 404 404 403
POST projects:unlink_measure                elsewhere  in  404 404 404 404 404 404 404 404 404 404 404 403

# --- the API
GET  api:project-list                       -          401 ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok  ok
GET  api:project-detail                     own        401 404 ok  ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  api:project-detail                     other      401 404 404 ok  ok  ok  ok  ok  ok  404 ok  ok  ok
GET  api:project-detail                     applicant  401 404 ok  404 404 404 404 404 404 404 404 404 ok
GET  api:project-detail                     elsewhere  401 404 404 404 404 404 404 404 404 404 404 404 ok
"""
