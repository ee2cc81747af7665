"""Public forms refuse what another site sends, and ask nothing of residents."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from cms.origin import OriginCsrfMiddleware, checked_by_origin


@checked_by_origin
def public_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def private_view(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


def answer(view, **headers: str) -> int | None:
    request = RequestFactory(enforce_csrf_checks=True).post("/", headers=headers)
    request._dont_enforce_csrf_checks = False
    response = OriginCsrfMiddleware(view).process_view(request, view, (), {})
    return None if response is None else response.status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/suivi/"},
        {},
    ],
)
def test_a_form_of_the_site_passes(headers):
    assert answer(public_view, **headers) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Referer": "https://evil.example/http://testserver/"},
    ],
)
def test_a_form_from_elsewhere_is_refused(headers):
    assert answer(public_view, **headers) == 403


@pytest.mark.django_db
def test_other_views_keep_the_token():
    assert answer(private_view, **{"Sec-Fetch-Site": "same-origin"}) == 403
