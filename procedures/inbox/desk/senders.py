"""Whose an e-mail is that came from an address nobody knows, or that nothing vouches for."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.accounts.models import User
from procedures.inbox.desk import unsent
from procedures.inbox.desk.views import AboutOneRequest, may_act
from procedures.inbox.errors import InboxError
from procedures.inbox.services.believing import believe


@may_act
class BelieveView(AboutOneRequest):
    """Count a message as the resident's."""

    def get(self, request: HttpRequest, pk: int, message: int) -> HttpResponse:
        """Somebody came back to the address of a button."""
        return redirect("inbox:request", pk)

    def post(self, request: HttpRequest, pk: int, message: int) -> HttpResponse:
        """Let it join the conversation; what is written elsewhere on the page stays there."""
        found, user = get_object_or_404(self.about.messages, pk=message), cast("User", request.user)
        unsent.keep(unsent.besides(request.POST, "", about=self.about, user=user), about=self.about, user=user)
        try:
            done = believe(found, agent=user)
        except InboxError as problem:
            messages.error(request, str(problem))
        else:
            if done:
                messages.success(request, _("It counts as the resident's, who sees it on their page."))
            else:
                messages.warning(request, _("It was counted as the resident's before."))
        return redirect("inbox:request", pk)
