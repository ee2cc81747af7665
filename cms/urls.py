"""Addresses of the site: the one place that joins the rooms, by string."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.static import serve as serve_file
from wagtail.urls import serve_pattern
from wagtail.views import authenticate_with_password

from cms.pages import feeds, serving, sitemap, views

handler403 = "cms.pages.views.permission_denied"
handler404 = "cms.pages.views.page_not_found"
handler500 = "cms.pages.views.server_error"

urlpatterns = [
    path("admin/", include("wagtail.admin.urls")),
    path("documents/", include("wagtail.documents.urls")),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots),
    path("open311/v2/", include("procedures.open311.urls")),
    path("territoire/", include("directory.territory.urls")),
    path("couleurs.css", views.city_colours, name="city_colours"),
    # Pictures of the site only: residents' files are never under the media folder.
    re_path(r"^media/(?P<path>images/.*|original_images/.*)$", serve_file, {"document_root": settings.MEDIA_ROOT}),
]

urlpatterns += i18n_patterns(
    path("rss/", feeds.news, name="news_feed"),
    path("recherche/", include("cms.search.urls")),
    path("suivi/", include("procedures.tracking.urls")),
    path("verifier/", include("procedures.tracking.verify_urls")),
    path("avis/", include("procedures.inbox.experts.urls")),
    path("mediateur/rapport/", include("procedures.mediation.urls")),
    path("nos-delais/", include("procedures.statistics.public_urls")),
    path("remplir/", include("procedures.filing.urls")),
    path("reprendre/", include("procedures.filing.resume_urls")),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        authenticate_with_password,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(serve_pattern, serving.serve, name="wagtail_serve"),
    prefix_default_language=False,
)
