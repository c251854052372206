"""What a manager reads after inviting people or changing what they are to take."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def say_sent(request: HttpRequest, sent: int, *, left: int) -> None:
    """Say how many were invited by mail, and how many are ``left`` without one."""
    if sent:
        text = ngettext(
            "%(count)d person was invited by mail.",
            "%(count)d people were invited by mail.",
            sent,
        )
        messages.success(request, text % {"count": sent})
    if left:
        text = ngettext(
            "%(count)d person got no mail and has no invitation yet. Please try again, "
            "check the address or print a card.",
            "%(count)d people got no mail and have no invitation yet. Please try "
            "again, check the addresses or print cards.",
            left,
        )
        messages.warning(request, text % {"count": left})
    if not sent and not left:
        messages.warning(
            request,
            _(
                "Whoever of these has an address is invited already, perhaps by a "
                "click just before. No mail was sent now."
            ),
        )


def say_no_cards(request: HttpRequest) -> None:
    """Say why there is no sheet: it may have been made by a click before this one."""
    messages.warning(
        request,
        _(
            "No card was made: all of these have an invitation already, perhaps by a "
            "click just before. Where that sheet was not printed, tick the people and "
            "print new cards; the old ones end then."
        ),
    )


def say_taken_back(request: HttpRequest) -> None:
    """Say that confirmed evidence is taken back, and nothing of what there was."""
    messages.success(
        request,
        _("What was confirmed for this month is taken back. A passed test stays."),
    )


def say_changed(request: HttpRequest, change: str, number: int) -> None:
    """Say for how many people something was changed: deferred, resumed, withdrawn."""
    if not number:
        messages.warning(request, _("Nobody is ticked, so nothing was changed."))
        return
    text = {
        "defer": ngettext(
            "%(count)d person is deferred.", "%(count)d people are deferred.", number
        ),
        "resume": ngettext(
            "%(count)d person is not deferred any more.",
            "%(count)d people are not deferred any more.",
            number,
        ),
        "withdraw": ngettext(
            "%(count)d person does not have to take the course any more.",
            "%(count)d people do not have to take the course any more.",
            number,
        ),
    }[change]
    messages.success(request, text % {"count": number})
