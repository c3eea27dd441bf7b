"""All routes: pages for people, the API for machines."""

from django.urls import include, path

from guomen.api.urls import api, show_description

urlpatterns = [
    path("api/v1/docs", show_description, name="api-description"),
    path("api/v1/", api.urls),
    path("", include("guomen.web.urls")),
]
