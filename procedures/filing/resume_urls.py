"""Address of the secret links, under /reprendre/."""

from django.urls import path

from procedures.filing.views.start import resume

urlpatterns = [path("<str:token>/", resume, name="resume")]
