"""The measure of all rows: the least that Django can do, served by the same gunicorn; and one bare insert."""

import os

import environ
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

DATABASE = environ.Env.db_url_config(
    os.environ.get("DATABASE_URL") or f"sqlite:///{os.environ['PARVIS_VAR']}/bare.sqlite3"
)
TABLE = "CREATE TABLE IF NOT EXISTS bench_insert (id {key}, content TEXT)"
KEYS = {"postgresql": "BIGSERIAL PRIMARY KEY", "sqlite": "INTEGER PRIMARY KEY"}


def ok(request: HttpRequest) -> HttpResponse:
    """Answer two letters."""
    return HttpResponse("ok")


def insert(request: HttpRequest) -> HttpResponse:
    """Write one row and answer."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO bench_insert (content) VALUES (%s)", [request.body.decode()])
    return HttpResponse("ok")


urlpatterns = [path("", ok), path("insert/", insert)]

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
    USE_I18N=False,
    SECRET_KEY="bench",
    DATABASES={"default": {**DATABASE, "CONN_MAX_AGE": None}},
)
application = get_wsgi_application()


def make_table() -> None:
    """Make the table that ``insert`` writes to, once per database."""
    with connection.cursor() as cursor:
        cursor.execute(TABLE.format(key=KEYS[connection.vendor]))


make_table()
connection.close()  # workers are forked after this
