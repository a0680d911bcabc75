"""What those who send read: on the call's pages and in letters. Applications to abstracts."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

AUTHOR: dict[str, str] = {  # on the call's pages, and errors
    _("Places"): _("Papers that can be given"),
    _("Who may apply"): _("Who may send an abstract"),
    _("Begin your application"): _("Begin your abstract"),
    _("Begin another application"): _("Begin another abstract"),
    _("Go on with your application"): _("Go on with your abstract"),
    _("Apply with this code"): _("Begin an abstract with this code"),
    _("Send my application"): _("Send my abstract"),
    _("This call was cancelled. Who had applied was told by mail."): _(
        "This call was cancelled. Who had sent an abstract was told by mail."
    ),
    _("The deadline has passed; applications are still taken until"): _(
        "The deadline has passed; abstracts are still taken until"
    ),
    _("This application can no longer be sent: the call closed on"): _(
        "This abstract can no longer be sent: the call closed on"
    ),
    _("Tick this box to go on; without it your application cannot be sent."): _(
        "Tick this box to go on; without it your abstract cannot be sent."
    ),
    _(
        "If an answer was a mistake, withdraw the application and send a new one before the deadline."
    ): _(
        "If an answer was a mistake, withdraw the abstract and send a new one before the deadline."
    ),
    _("Then the applications are read without names and the places are given."): _(
        "Then the abstracts are read without names, and the committee decides which become talks and which posters."
    ),
    _("Whoever has this page's address can open your application. Do not pass it on."): _(
        "Whoever has this page's address can open your abstract. Do not pass it on."
    ),
    _("Withdraw my application"): _("Withdraw my abstract"),
    _(
        "Your application is taken back and not read. This cannot be undone; while the call is open you can send a new one."
    ): _(
        "Your abstract is taken back and not read. This cannot be undone; while the call is open you can send a new one."
    ),
    _("The later deadline holds for this application."): _(
        "The later deadline holds for this abstract."
    ),
    _("The application was withdrawn."): _("The abstract was withdrawn."),
    _("This application was withdrawn already."): _("This abstract was withdrawn already."),
    _("This application was withdrawn. Begin a new one."): _(
        "This abstract was withdrawn. Begin a new one."
    ),
    _("This application was sent already."): _("This abstract was sent already."),
    _("This application was sent already; it is kept as it was sent."): _(
        "This abstract was sent already; it is kept as it was sent."
    ),
    _(
        "This application was sent already as %(number)s; it is kept as it was sent. To change it, withdraw it and send a new one."
    ): _(
        "This abstract was sent already as %(number)s; it is kept as it was sent. To change it, withdraw it and send a new one."
    ),
    _(
        "An application with this e-mail address was already sent to this call. Look for its receipt in your mail."
    ): _(
        "An abstract with this e-mail address was already sent to this call. Look for its receipt in your mail."
    ),
}

LETTERS: dict[str, str] = {  # by mail
    _("Your application: %(call)s"): _("Your abstract: %(call)s"),
    _("Go on with your application on any device at this address:"): _(
        "Go on with your abstract on any device at this address:"
    ),
    _("Whoever has this address can open your application. Do not pass it on."): _(
        "Whoever has this address can open your abstract. Do not pass it on."
    ),
    _("Not sent yet: your application to %(call)s"): _("Not sent yet: your abstract for %(call)s"),
    _("You began an application to “%(call)s” and have not sent it."): _(
        "You began an abstract for “%(call)s” and have not sent it."
    ),
    _("Your application to “%(call)s” has arrived. Its number is %(number)s."): _(
        "Your abstract for “%(call)s” has arrived. Its number is %(number)s."
    ),
    _(
        "If an answer was a mistake, withdraw the application on its page and send a new one before the deadline."
    ): _(
        "If an answer was a mistake, withdraw the abstract on its page and send a new one before the deadline."
    ),
    _("The call “%(call)s”, to which you applied or began to apply, was cancelled."): _(
        "The call “%(call)s”, to which you sent an abstract or began one, was cancelled."
    ),
    _("To take part, apply on this page with this e-mail address:"): _(
        "To take part, send an abstract on this page with this e-mail address:"
    ),
}
