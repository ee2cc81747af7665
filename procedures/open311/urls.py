"""``/open311/v2/``: the addresses of GeoReport v2, the format as their ending."""

from __future__ import annotations

from django.urls import re_path

from procedures.open311 import views

FORMAT = r"\.(?P<format>xml|json)$"
app_name = "open311"
urlpatterns = [
    re_path(rf"^discovery{FORMAT}", views.discovery, name="discovery"),
    re_path(rf"^services{FORMAT}", views.services, name="services"),
    re_path(rf"^services/(?P<code>[^/]+?){FORMAT}", views.service, name="service"),
    re_path(rf"^requests{FORMAT}", views.requests, name="requests"),
    re_path(rf"^requests/(?P<public_id>[^/]+?){FORMAT}", views.one_request, name="request"),
    re_path(rf"^tokens/(?P<token>[^/]+?){FORMAT}", views.token, name="token"),
]
