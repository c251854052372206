"""Addresses of the step cards."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.card_index, name="step_cards"),
    path("<slug:key>/", views.card_detail, name="step_card"),
]
