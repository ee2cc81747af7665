"""Settings shared by every environment: what Parvis is.

Where it runs is decided by one environment variable per service (DATABASE_URL, REDIS_URL,
SMTP_URL…); without any, everything is embedded under ``var/``.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import environ
from django.utils.translation import gettext_lazy as _

from cms.settings.logs import LOGGING as LOGGING
from cms.settings.plugins import *  # noqa: F403 - the lists are settings
from cms.settings.roles import *  # noqa: F403 - the permissions of roles are a setting
from cms.settings.schedule import CELERY_BEAT_SCHEDULE as CELERY_BEAT_SCHEDULE

env = environ.Env()


def mailbox_user(url: str) -> str:
    """The user of the address of a mailbox, where it is an e-mail address."""
    user = unquote(urlsplit(url).username or "")
    return user if "@" in user else ""


BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = Path(env("PARVIS_VAR", default=str(BASE_DIR / "var")))

# --- The rooms -------------------------------------------------------------------------

INSTALLED_APPS = [
    "demo",
    "cms.accounts",
    "cms.pages",
    "cms.formats",
    "directory",
    "agenda",
    "procedures.definition",
    "procedures.inbox",
    "procedures.inbox.jobs",
    "procedures.filing",
    "procedures.open311",
    "procedures.retention",
    "procedures.mailbox",
    "procedures.statistics",
    "procedures.mediation",
    "formtools",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.accounts.users_app.StaffAppConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cms.origin.OriginCsrfMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "procedures.definition.refusals.RefusedPublicationMiddleware",
    "procedures.inbox.desk.signed_out.WaitingWordsMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cms.pages.context.city",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data ------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'parvis.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Two writers: WAL lets readers go on, IMMEDIATE makes the second writer wait, not fail.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=600)
    # cms.outages looks whether the database hung up, without asking it.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 10_000},
        }
    }
CACHES["default"]["TIMEOUT"] = 3600

AUTHENTICATION_BACKENDS = ["cms.accounts.backends.StaffBackend"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600  # an agent's working day

# --- Background work -------------------------------------------------------------------

# Whoever files never waits for the queue: one try, a second at most; the sweep finds what it did not take.
REDIS_QUEUE_OPTIONS: dict[str, object] = {"max_retries": 0, "interval_start": 0, "socket_connect_timeout": 1}
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = REDIS_QUEUE_OPTIONS
else:
    CELERY_BROKER_URL = "filesystem://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "queue"),
        "data_folder_out": str(VAR_DIR / "queue"),
        "control_folder": str(VAR_DIR / "queue-control"),
        "store_processed": False,
    }
    for folder in ("queue", "queue-control"):
        (VAR_DIR / folder).mkdir(parents=True, exist_ok=True)
CELERY_IMPORTS = ("cms.background",)  # in no application of its own
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its queue however long that is away
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

TASKS = {"default": {"BACKEND": "cms.background.CeleryBackend", "OPTIONS": {}}}

# --- Mail ------------------------------------------------------------------------------

SMTP_URL = env("SMTP_URL", default="")
if SMTP_URL:
    globals().update(env.email_url("SMTP_URL"))
else:
    EMAIL_BACKEND = "cms.mail.EmlFileBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Ville de Valmarie <ne-pas-repondre@valmarie.example>")

# The mailbox that residents write to: imaps://user:password@host/INBOX (percent-encoded); none: nothing is read.
MAILBOX_URL = env("MAILBOX_URL", default="")
# Its address, where our letters ask to be answered; where the user of MAILBOX_URL is an address, that one.
MAILBOX_ADDRESS = env("MAILBOX_ADDRESS", default="") or mailbox_user(MAILBOX_URL)
# Whether it takes demandes+VAL-7F3K-92QD-MXC@ too: replies then find their request even with another subject.
MAILBOX_PLUS = env.bool("MAILBOX_PLUS", default=False)
# Slug of the procedure of what comes to no address of its own (Routes of e-mails, in the admin).
MAILBOX_PROCEDURE = env("MAILBOX_PROCEDURE", default="")
# A second mailbox, where mail servers report failures; our letters name its address in their envelope.
MAILBOX_BOUNCES_URL = env("MAILBOX_BOUNCES_URL", default="")
MAILBOX_BOUNCES_ADDRESS = env("MAILBOX_BOUNCES_ADDRESS", default="") or mailbox_user(MAILBOX_BOUNCES_URL)
# The folder that what was taken in is moved to, in the mailbox itself.
MAILBOX_DONE_FOLDER = env("MAILBOX_DONE_FOLDER", default="Parvis")
# What is larger is not fetched: the request says so, the mailbox keeps it.
MAILBOX_MAX_BYTES = env.int("MAILBOX_MAX_BYTES", default=40 * 1024 * 1024)
# New requests one sender may make in an hour; those beyond wait for the next.
MAILBOX_PER_SENDER = env.int("MAILBOX_PER_SENDER", default=10)
# Days an e-mail is kept as it came, once treated.
MAILBOX_RAW_DAYS = env.int("MAILBOX_RAW_DAYS", default=30)
# The name under which the town's own server writes Authentication-Results; none: they are not read.
MAILBOX_AUTHSERV_ID = env("MAILBOX_AUTHSERV_ID", default="")

# --- Files -----------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Residents' files: outside the media folder, so that no web server ever serves them.
PRIVATE_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {"BACKEND": "cms.static_files.StaticFiles"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Text of one form, files apart: large enough to give back a text far too long with its error.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # the editor of a procedure with 200 questions posts half of that
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Days an unsent draft is kept after its last saving.
DRAFT_DAYS = env.int("DRAFT_DAYS", default=30)
# Days before its end that whoever had the link sent is reminded; 0 for never.
DRAFT_REMINDER_DAYS = env.int("DRAFT_REMINDER_DAYS", default=5)
# Days a copy of an identity document is kept after the decision: 0, it goes with it.
SENSITIVE_DAYS = env.int("SENSITIVE_DAYS", default=0)
# Months after the answer that documents are kept, where the procedure keeps the rest longer; 0: as long as the rest.
RETENTION_FILES_MONTHS = env.int("RETENTION_FILES_MONTHS", default=6)
# What one night may announce and delete, so that a wrong setting is noticed before it has done much.
RETENTION_DAILY_CAP = env.int("RETENTION_DAILY_CAP", default=2000)
# Days that "who opened this request" is kept.
READING_DAYS = env.int("READING_DAYS", default=365)
# What rooms above the inbox do with what they keep of a request whose data is deleted: functions of the request.
FORGETTERS: list[str] = [
    "procedures.retention.holding.forget_holds",
    "procedures.mailbox.ending.forget_mails",
]
# Days after the answer during which a resident may have the request opened again.
REOPEN_DAYS = env.int("REOPEN_DAYS", default=30)
# Days after the answer that the resident is asked by e-mail what they think of it, 0 for never; days they may say so.
SATISFACTION_AFTER_DAYS = env.int("SATISFACTION_AFTER_DAYS", default=2)
SATISFACTION_DAYS = env.int("SATISFACTION_DAYS", default=30)
# Days the file of an export is kept, and the register of who exported what, and did what to many at once.
EXPORT_FILE_DAYS = env.int("EXPORT_FILE_DAYS", default=7)
JOB_DAYS = env.int("JOB_DAYS", default=365)
# What residents may send: one file, all files of one post; past the third, nothing is read.
UPLOAD_MAX_FILE_BYTES = env.int("UPLOAD_MAX_FILE_BYTES", default=10 * 1024 * 1024)
UPLOAD_MAX_POST_BYTES = env.int("UPLOAD_MAX_POST_BYTES", default=50 * 1024 * 1024)
UPLOAD_MAX_DRAINED_BYTES = env.int("UPLOAD_MAX_DRAINED_BYTES", default=512 * 1024 * 1024)
# The antivirus, tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl; none: files are not checked.
CLAMD_URL = env("CLAMD_URL", default="")

# --- Filing without flood --------------------------------------------------------------

# How often at most, "times/minute", "/hour" or "/day", "0" for no limit. An address: of IPv6, a home's /64.
# Past the last two, sending asks the browser for a second of work, or the resident for a short wait.
FILING_RATES = {
    name: env(f"FILING_{name.upper()}", default=rate)
    for name, rate in (
        ("drafts_per_address", "120/hour"),
        ("drafts_per_procedure", "20000/hour"),
        ("requests_per_address", "60/hour"),
        ("requests_per_procedure", "6000/hour"),
        ("files_per_address", "600/hour"),
        ("files_per_procedure", "30000/hour"),
        ("calm_per_address", "10/hour"),
        ("calm_per_procedure", "300/hour"),
    )
}
# Nobody reads, answers and sends in less; a slower robot is caught otherwise.
FILING_MIN_SECONDS = env.int("FILING_MIN_SECONDS", default=3)
# What sending waits for without JavaScript when rates rise, and how much work it is with it (hashes, at most).
FILING_WAIT_SECONDS = env.int("FILING_WAIT_SECONDS", default=20)
FILING_PROOF_HASHES = env.int("FILING_PROOF_HASHES", default=60_000)

# --- Other applications (Open311) ------------------------------------------------------

# What they may call the town by, beside nothing at all: its domain, as a rule.
OPEN311_JURISDICTION = env("OPEN311_JURISDICTION", default="valmarie.example")
# How often one address may read, and report; each key has its own limit too.
OPEN311_RATES = {
    "reads_per_address": env("OPEN311_READS_PER_ADDRESS", default="6000/hour"),
    "posts_per_address": env("OPEN311_POSTS_PER_ADDRESS", default="600/hour"),
}

# --- Languages and time ----------------------------------------------------------------

LANGUAGE_CODE = "fr"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fr", _("French")), ("en", _("English")), ("ar", _("Arabic"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["cms.formats_by_language"]

# --- Accounts --------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "wagtailadmin_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    # CNIL 2022-100: 80 bits without lock-out, that is 14 characters of mixed classes.
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# --- Wagtail ---------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Parvis"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://127.0.0.1:8000")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
# A translation is a draft until somebody has read it (and a live French page never becomes
# an English page full of French).
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DEFAULT_TRANSLATION_MODE = "simple"
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no stranger, in the admin either
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses that can be read out on the phone
WAGTAILDOCS_SERVE_METHOD = "serve_view"

# --- Security --------------------------------------------------------------------------

# Tiles of the map, from a host of the city's: "/tuiles/{z}/{x}/{y}.png"; "" for no map. Where it opens: "lat,lon,zoom".
TILES_URL = env("TILES_URL", default="")
TILES_ATTRIBUTION = env("TILES_ATTRIBUTION", default="© OpenStreetMap")
MAP_VIEW = env("MAP_VIEW", default="46.6,2.4,6")
TILES_HOSTS = ["/".join(TILES_URL.split("/")[:3])] if TILES_URL.startswith("https://") else []
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel frames the page it edits
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
CONTENT_SECURITY_POLICY = {
    # Wagtail's admin and its preview panel have inline scripts of their own.
    "EXCLUDE_URL_PREFIXES": ["/admin/"],
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "worker-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *TILES_HOSTS],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'self'"],
    },
}
# Proxies whose X-Forwarded-For is believed: addresses or networks. Nobody but a proxy comes from this machine.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=["127.0.0.0/8", "::1"])
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.pages.views.refused_origin"

# --- The rooms' meeting points ------------------------------------------------------------

# Where residents follow a request; linked from every page.
FOLLOW_URL_NAME = "tracking:form"
# Where anybody can check an attestation (procedures.inbox names it on the document).
VERIFY_URL_NAME = "verify_attestation"

# Addresses for staff or for one visitor, in every language: robots.txt.
HIDDEN_FROM_ENGINES = ["/admin/", "/recherche/", "/suivi/", "/avis/", "/remplir/", "/reprendre/", "/territoire/"]

# --- The city --------------------------------------------------------------------------

TRACKING_PREFIX = env("TRACKING_PREFIX", default="VAL")
# Where addresses are: https://data.geopf.fr/geocodage/search or a service that answers alike; "" for none.
GEOCODER_URL = env("GEOCODER_URL", default="")
GEOCODER_TIMEOUT_SECONDS = env.float("GEOCODER_TIMEOUT_SECONDS", default=2)
# Services of the city's own network that know answers: {"quota": {"url": "https://…/{email}", "field": "quota"}}.
PREFILL_HTTP: dict[str, dict[str, str]] = env.json("PREFILL_HTTP", default={})
# Their hosts, with the port if it is written: no other is ever asked.
PREFILL_HTTP_HOSTS = env.list("PREFILL_HTTP_HOSTS", default=[])
# How long links signed by the city (manage.py sign_prefill) fill anything in.
PREFILL_LINK_DAYS = env.int("PREFILL_LINK_DAYS", default=30)
# The procedure (end of its address) by which residents complain to the mediator; none there: not offered.
COMPLAINT_PROCEDURE = env("COMPLAINT_PROCEDURE", default="reclamation-mediateur")
# Which day is the first of a legal delay: "day_after" (national procedure platform) or "same_day".
DELAY_CONVENTION = env("DELAY_CONVENTION", default="day_after")
# Questions on the longest way through a procedure, beyond which its author is advised to leave some out.
PROCEDURE_QUESTION_BUDGET = env.int("PROCEDURE_QUESTION_BUDGET", default=25)
