"""A city's server. Refuses to start rather than start unsafe.

Raises:
    ImproperlyConfigured: a secret, the hosts or HTTPS is missing or weak.
"""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.base import *  # noqa: F403 - settings build on settings
from cms.settings.base import WAGTAILADMIN_BASE_URL, env

DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])

if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith("django-insecure-"):
    raise ImproperlyConfigured("SECRET_KEY: give at least 50 random characters")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS: name the site's hosts, for instance www.valmarie.fr")
if not WAGTAILADMIN_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("BASE_URL: give the site's address, starting with https://")
if env.bool("SECURE_SSL_REDIRECT", default=True) is False and "SECURE_PROXY_SSL_HEADER" not in env:
    raise ImproperlyConfigured("SECURE_SSL_REDIRECT may only be off behind a proxy named by SECURE_PROXY_SSL_HEADER")

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
if "SECURE_PROXY_SSL_HEADER" in env:
    header, _, value = env("SECURE_PROXY_SSL_HEADER").partition("=")
    SECURE_PROXY_SSL_HEADER = (header, value or "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[WAGTAILADMIN_BASE_URL])
