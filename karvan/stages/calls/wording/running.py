"""What the secretariat and its readers read. Applications to abstracts."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

OFFICE: dict[str, str] = {  # the call, its register and one record
    _("Application"): _("Abstract"),
    _("Applications"): _("Abstracts"),
    _("Read the applications"): _("Read the abstracts"),
    _("Applications to %(call)s"): _("Abstracts for %(call)s"),
    _("No application yet"): _("No abstract yet"),
    _("Applications stand here as soon as they are sent; drafts are not shown."): _(
        "Abstracts stand here as soon as they are sent; drafts are not shown."
    ),
    _("Nobody seems to have applied twice"): _("Nobody seems to have sent two abstracts"),
    _(
        "Applications stand here side by side when they share a name and date of birth, an address or a telephone."
    ): _(
        "Abstracts stand here side by side when they share a name and date of birth, an address or a telephone."
    ),
    _(
        "A call says who may apply, until when and for how many places. Its questions come from the programme's design."
    ): _(
        "A call says who may send an abstract, until when and how many papers can be given. Its questions come from the programme's design."
    ),
    _(
        "From its opening on everybody can read it and apply. The questions and the planned dates of the activity are frozen. This cannot be undone; the call can be cancelled."
    ): _(
        "From its opening on everybody can read it and send an abstract. The questions and the planned dates of the activity are frozen. This cannot be undone; the call can be cancelled."
    ),
    _(
        "%(count)s applications were begun or sent; all who left an address are told by mail, with the reason. This cannot be undone."
    ): _(
        "%(count)s abstracts were begun or sent; all who left an address are told by mail, with the reason. This cannot be undone."
    ),
    _("Say why, in a sentence that applicants may read."): _(
        "Say why, in a sentence that authors may read."
    ),
    _("The person is invited by mail and applies like everybody; a nomination is no place yet."): _(
        "The person is invited by mail and sends an abstract like everybody; a nomination is no place yet."
    ),
    _("A partner with reserved places puts people forward here; they then apply."): _(
        "A partner with reserved places puts people forward here; they then send an abstract."
    ),
    _("Its reserved place is free again. An application that was sent stays."): _(
        "Its reserved place is free again. An abstract that was sent stays."
    ),
    _(
        "Applications that came by another way: nothing is taken in before you have seen what would come of each line."
    ): _(
        "Abstracts that came by another way: nothing is taken in before you have seen what would come of each line."
    ),
    _(
        "They are added to the applications of this call. Nobody gets a letter. It cannot be undone; an application can be withdrawn one by one."
    ): _(
        "They are added to the abstracts of this call. Nobody gets a letter. It cannot be undone; an abstract can be withdrawn one by one."
    ),
    _("The applications of this table are taken in."): _(
        "The abstracts of this table are taken in."
    ),
    _("Applications can be taken in once the call is published."): _(
        "Abstracts can be taken in once the call is published."
    ),
    _("Another application with this address is here already."): _(
        "Another abstract with this address is here already."
    ),
}

READING: dict[str, str] = {  # the reading: readers, and those who run it
    _("Applications are read without names: what could tell who applied is left out."): _(
        "Abstracts are read without names: what could tell who wrote them is left out."
    ),
    _("Applications will be listed here once they are given to you."): _(
        "Abstracts will be listed here once they are given to you."
    ),
    _("This application has no answer that reviewers may read."): _(
        "This abstract has no answer that reviewers may read."
    ),
    _(
        "The application goes to somebody else and your marks for it no longer count. This cannot be undone."
    ): _(
        "The abstract goes to somebody else and your marks for it no longer count. This cannot be undone."
    ),
    _("The application is no longer yours to read; somebody else will."): _(
        "The abstract is no longer yours to read; somebody else will."
    ),
    _("This application is no longer yours to read."): _(
        "This abstract is no longer yours to read."
    ),
    _("What ties you to the applicant?"): _("What ties you to an author?"),
    _("Applications to read: %(activity)s"): _("Abstracts to read: %(activity)s"),
    _(
        "Applications are read without names. If one is from somebody you know, say so on its page and it goes to somebody else."
    ): _(
        "Abstracts are read without names. If one is from somebody you know, say so on its page and it goes to somebody else."
    ),
    _("Read the next application"): _("Read the next abstract"),
    _("Applications by reading code"): _("Abstracts by reading code"),
    _("All applications by reading code"): _("All abstracts by reading code"),
    _(
        "By reading code: no name, number or institution of an applicant stands here or in its files."
    ): _(
        "By reading code: no name, number or institution of an author stands here or in its files."
    ),
    _("Applications are listed here once they are submitted."): _(
        "Abstracts are listed here once they are submitted."
    ),
    _("no application is in their languages and free of conflicts"): _(
        "no abstract is in their languages and free of conflicts"
    ),
    _("No application has come yet. Say how many are expected."): _(
        "No abstract has come yet. Say how many are expected."
    ),
    _(
        "No application has come yet, so nobody knows their languages: the plan takes them all to be in the call’s first."
    ): _(
        "No abstract has come yet, so nobody knows their languages: the plan takes them all to be in the call’s first."
    ),
    _(
        "%(n)s by the deadline if they go on coming as in the last seven days; most people apply in the last two"
    ): _(
        "%(n)s by the deadline if they go on coming as in the last seven days; most abstracts come in the last two"
    ),
    _("Applications expected"): _("Abstracts expected"),
    _("Expect at least one application, or leave it empty to plan with those that come."): _(
        "Expect at least one abstract, or leave it empty to plan with those that come."
    ),
    _("Applications from the same institution are kept away."): _(
        "Abstracts from the same institution are kept away."
    ),
    _("Application number"): _("Number of the abstract"),
    _("There is no application with this number in this call."): _(
        "There is no abstract with this number in this call."
    ),
    _(
        "Reviewers are compared by the applications that they and others read. Reviewers themselves do not see this page."
    ): _(
        "Reviewers are compared by the abstracts that they and others read. Reviewers themselves do not see this page."
    ),
    _(
        "points more (+) or fewer (−) than others give an average application, which gets %(centre)s"
    ): _(
        "points more (+) or fewer (−) than others give an average abstract, which gets %(centre)s"
    ),
    _("standard deviation of what neither the application nor the reviewer’s leniency explains"): _(
        "standard deviation of what neither the abstract nor the reviewer’s leniency explains"
    ),
    _(
        "applications of one language are compared with each other, since those in another may be better or worse as a whole"
    ): _(
        "abstracts of one language are compared with each other, since those in another may be better or worse as a whole"
    ),
    _("Worst-off application"): _("Worst-off abstract"),
    _("Neither applications nor reviewers name fields that meet, so every reader suits alike."): _(
        "Neither abstracts nor reviewers name fields that meet, so every reader suits alike."
    ),
    _(
        "%(n)s because whoever reads the language is in conflict or reads the application already"
    ): _("%(n)s because whoever reads the language is in conflict or reads the abstract already"),
    _(
        "Marks are not corrected: reviewers have read too few of the same applications to be compared."
    ): _(
        "Marks are not corrected: reviewers have read too few of the same abstracts to be compared."
    ),
    _("Applications for %(activity)s wait to be read; the reading has not been opened."): _(
        "Abstracts for %(activity)s wait to be read; the reading has not been opened."
    ),
    _("See the applications"): _("See the abstracts"),
}
