"""Address of home."""

from django.urls import path

from customhouse_server.home import pages

app_name = "home"
urlpatterns = [path("", pages.home, name="home")]
