"""What each role may do, beside pages: names of permissions, ``app.codename``."""

from itertools import product


def every(verbs: str, app: str, models: str) -> list[str]:
    """Each verb on each model: ``every("add change", "pages", "alert")``."""
    return [f"{app}.{verb}_{model}" for verb, model in product(verbs.split(), models.split())]


ADMIN = "wagtailadmin.access_admin"

ROLE_PERMISSIONS: dict[str, list[str]] = {
    "Communication": [
        ADMIN,
        "wagtail_localize.submit_translation",
        *every("add change delete view", "pages", "alert"),
        *every("add change delete view", "directory", "division department place organisation district"),
    ],
    "Rédacteurs de service": [
        ADMIN,
        "wagtail_localize.submit_translation",
    ],
    "Agents": [
        ADMIN,
        *every("view change", "inbox", "servicerequest"),
    ],
    # The mayor and elected people: every figure, and no request.
    "Élus": [
        ADMIN,
        "statistics.view_all_figures",
    ],
    "Administrateurs": [
        ADMIN,
        "statistics.view_all_figures",
        "wagtail_localize.submit_translation",
        *every("add change delete view", "pages", "alert"),
        *every("change", "pages", "citysettings"),
        *every("add change delete view", "directory", "division department place organisation district"),
        *every("add change delete view", "directory", "departmentmember"),
        *every("view", "retention", "retentionrun"),
        "retention.answer_rights",
        *every("view change", "inbox", "servicerequest"),
        *every("add change delete view", "mailbox", "mailboxroute"),
        *every("view", "mailbox", "incomingmail"),
        *every("add change delete view", "open311", "offeredservice apikey"),
        *every("add change delete", "accounts", "user"),
        *every("add change delete", "auth", "group"),
        *every("add change delete", "wagtailcore", "workflow task collection site"),
        *every("add change delete", "wagtailredirects", "redirect"),
        *every("add change delete", "wagtailcore", "locale"),
    ],
}
