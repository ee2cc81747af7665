"""GeoReport v2 over HTTP."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cms.throttle import Limit, address_of
from procedures.filing.posts import UnreadableError, read_post
from procedures.inbox.receipt import desk_of
from procedures.open311 import listing
from procedures.open311.answering import Said, answer
from procedures.open311.attributes import attributes_of
from procedures.open311.errors import Refused
from procedures.open311.models import ApiKey, OfferedService, Report, fingerprint
from procedures.open311.rendering import answer_in
from procedures.open311.reporting import file_report

TOKEN = re.compile(r"[\x21-\x7e]{16,200}")
View = Callable[..., HttpResponse]


def georeport(*methods: str) -> Callable[[View], View]:
    """Serve a view in both formats; what it refuses is said as GeoReport says it."""

    def decorate(view: View) -> View:
        @csrf_exempt  # no cookie is looked at: the key is in the post
        @functools.wraps(view)
        def serve(request: HttpRequest, *args: Any, format: str, **kwargs: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise Refused(405, _("This address does not take %(method)s.") % {"method": request.method})
                limit = Limit.parse("open311-reads", settings.OPEN311_RATES["reads_per_address"])
                _count(limit, address_of(request))
                return view(request, *args, format=format, **kwargs)
            except Refused as refusal:
                response = answer_in(format, "errors", "error", refusal.body, refusal.status)
                if refusal.wait_seconds:
                    response["Retry-After"] = str(refusal.wait_seconds)
                return response

        return serve

    return decorate


@georeport("GET", "HEAD")
def discovery(request: HttpRequest, *, format: str) -> HttpResponse:
    """Where the service is and what it speaks."""
    address = request.build_absolute_uri("/open311/v2")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2",
        "url": address,
        "type": "production",
        "formats": ["text/xml", "application/json"],
    }
    content = {"key_service": _("Ask the town for a key."), "endpoints": [endpoint]}
    return answer_in(format, "discovery", "", content)


@georeport("GET", "HEAD")
def services(request: HttpRequest, *, format: str) -> HttpResponse:
    """What may be reported."""
    _check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    offers = OfferedService.objects.open().select_related("procedure__current", "procedure__page")
    return answer_in(format, "services", "service", [_service(offer) for offer in offers])


def _service(offer: OfferedService) -> dict[str, Any]:
    definition = offer.in_language(get_language())
    return {
        "service_code": offer.procedure.slug,
        "service_name": definition.title,
        "description": offer.procedure.page.introduction if offer.procedure.page else None,
        "metadata": any(True for _one in attributes_of(definition)),
        "type": "realtime",
        "keywords": offer.keywords or None,
        "group": offer.group or None,
    }


@georeport("GET", "HEAD")
def service(request: HttpRequest, code: str, *, format: str) -> HttpResponse:
    """What to answer to report about one service."""
    _check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    offer = _offer(code)
    definition = offer.in_language(get_language())
    attributes = [
        {
            "variable": True,
            "code": one.code,
            "datatype": one.datatype,
            "required": one.required,
            "datatype_description": one.hint or None,
            "order": order,
            "description": one.description,
        }
        | ({"values": [{"key": key, "name": name} for key, name in one.values]} if one.values else {})
        for order, one in enumerate(attributes_of(definition), start=1)
    ]
    return answer_in(format, "service_definition", "", {"service_code": code, "attributes": attributes})


@georeport("GET", "HEAD", "POST")
def requests(request: HttpRequest, *, format: str) -> HttpResponse:
    """The requests that are public; or, posted, a new one."""
    if request.method == "POST":
        return _report(request, format)
    _check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    return answer_in(format, "service_requests", "request", listing.shown(listing.found(request.GET)))


@georeport("GET", "HEAD")
def one_request(request: HttpRequest, public_id: str, *, format: str) -> HttpResponse:
    """One request: whoever knows its public name may read where it stands."""
    _check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    reports = Report.objects.filter(public_id=listing.without_nulls(public_id)).select_related(
        "request__department", "request__district"
    )
    rows = listing.shown(reports)
    if not rows:
        raise Refused(404, _("service_request_id: no request has this name."))
    return answer_in(format, "service_requests", "request", rows)


@georeport("GET", "HEAD")
def token(request: HttpRequest, token: str, *, format: str) -> HttpResponse:
    """The request that an application gave this token to, when it lost the answer."""
    _check_jurisdiction(request.GET.get("jurisdiction_id", ""))
    report = Report.objects.filter(token=fingerprint(token)).first() if TOKEN.fullmatch(token) else None
    if report is None:
        raise Refused(404, _("token: no request has this token."))
    content = [{"service_request_id": report.public_id, "token": token}]
    return answer_in(format, "service_requests", "request", content)


def _report(request: HttpRequest, format: str) -> HttpResponse:
    try:
        read_post(request)
    except UnreadableError as error:
        raise Refused(error.status, _("The post could not be read.")) from error
    said = Said(request.POST)
    key = _key(said["api_key"])
    _check_jurisdiction(said["jurisdiction_id"] or request.GET.get("jurisdiction_id", ""))
    if not said["service_code"]:
        raise Refused(400, _("service_code: it is missing."))
    offer = _offer(said["service_code"])
    name = request.headers.get("Idempotency-Key", "").strip()
    if name and not TOKEN.fullmatch(name):
        raise Refused(400, _("Idempotency-Key: write 16 to 200 letters, digits and signs without spaces."))
    if bool(said["lat"]) != bool(said["long"]):
        raise Refused(400, _("lat, long: give both or neither."))
    journey = answer(offer.in_language(get_language()), said)
    _count(Limit.parse("open311-posts", settings.OPEN311_RATES["posts_per_address"]), address_of(request))
    _count(Limit("open311-key", key.requests_per_hour, 3600), str(key.pk))
    try:
        filed, report = file_report(offer, journey, said, key, token=name)
    except ValidationError as error:
        raise Refused(400, *(f"lat, long: {message}" for message in error.messages)) from error
    notice = _("Received by %(department)s.") % {"department": desk_of(filed.department).name}
    content = {"service_request_id": report.public_id, "service_notice": notice, "account_id": None}
    return answer_in(format, "service_requests", "request", [content])


def _key(text: str) -> ApiKey:
    """The key of an application. Raises Refused, 403, for none that is active."""
    if not text:
        raise Refused(403, _("api_key: it is missing."))
    key = ApiKey.objects.filter(fingerprint=fingerprint(text), is_active=True).first()
    if key is None:
        raise Refused(403, _("api_key: it is not valid, or not any more."))
    return key


def _offer(code: str) -> OfferedService:
    """An offered service. Raises Refused, 404."""
    offers = OfferedService.objects.open().select_related("procedure__current")
    offer = offers.filter(procedure__slug=listing.without_nulls(code)).first()
    if offer is None:
        raise Refused(404, _("service_code: there is no such service."))
    return offer


def _check_jurisdiction(asked: str) -> None:
    """One town, so nobody has to name it; another one is not here. Raises Refused, 404."""
    if asked and asked != settings.OPEN311_JURISDICTION:
        raise Refused(404, _("jurisdiction_id: this service is for %(own)s.") % {"own": settings.OPEN311_JURISDICTION})


def _count(limit: Limit, key: str) -> None:
    if limit.is_reached(key):
        raise Refused(429, _("Too many calls: wait, then go on."), wait_seconds=limit.wait_seconds())
    limit.count(key)
