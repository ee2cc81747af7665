"""What is done to an opinion that was asked outside."""

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
from procedures.inbox.services.opinions import revoke_opinion


@may_act
class RevokeView(AboutOneRequest):
    """Withdraw a link that was sent to an expert."""

    def get(self, request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
        """Somebody came back to the address of a button."""
        return redirect("inbox:request", pk)

    def post(self, request: HttpRequest, pk: int, opinion: int) -> HttpResponse:
        """Revoke it; what is written elsewhere on the page stays there."""
        found, user = get_object_or_404(self.about.opinions, pk=opinion), cast("User", request.user)
        unsent.keep(unsent.besides(request.POST, "", about=self.about, user=user), about=self.about, user=user)
        try:
            done = revoke_opinion(found, agent=user)
        except InboxError as problem:
            messages.error(request, str(problem))
        else:
            if done:
                messages.success(request, _("The link opens nothing any more."))
            else:
                messages.warning(request, _("The opinion is here already, or the link was withdrawn before."))
        return redirect("inbox:request", pk)
