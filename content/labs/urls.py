"""Addresses of the labs."""

from django.urls import path

from .views import lab_detail, lab_index

urlpatterns = [
    path("", lab_index, name="labs"),
    path("<slug:name>/", lab_detail, name="lab"),
]
