"""Addresses of the labs."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.lab_index, name="labs"),
    path("<slug:name>/", views.lab_detail, name="lab"),
    path("<slug:name>/papier/", views.lab_paper, name="lab_paper"),
    path("<slug:name>/anleitung/", views.lab_guide, name="lab_guide"),
    path("<slug:name>/beamer/", views.lab_projector, name="lab_projector"),
]
