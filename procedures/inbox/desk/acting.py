"""What agents do from the page of a request: HTTP in, a service called, HTTP out; nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any, cast

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from cms.accounts.models import User
from procedures.inbox import replies
from procedures.inbox.desk import around, showing, unsent
from procedures.inbox.desk.actions import DeskAction, desk_actions
from procedures.inbox.desk.filters import FilterForm
from procedures.inbox.desk.forms import ActionForm
from procedures.inbox.desk.views import AboutOneRequest, may_act, may_read
from procedures.inbox.errors import ChangedMeanwhile, InboxError
from procedures.inbox.handed_in import stored_files
from procedures.inbox.models import ServiceRequest
from procedures.inbox.services.guarding import unless_changed
from procedures.uploads.several import SeveralFilesField

TWICE_SECONDS = 600
"""For so long a form that comes again is the same click, and not a second wish."""


@may_act
class ActionView(AboutOneRequest):
    """Does one action, then goes back to the request, from which the next is one key away."""

    sent: MultiValueDict[str, Any]
    """What was filled in, each field under the name of its action."""

    def get(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Somebody came back to the address of a form."""
        return redirect(self.address_of_page())

    def post(self, request: HttpRequest, pk: int, slug: str) -> HttpResponse:
        """Call the service; a refusal is said, and nothing typed is lost."""
        entry = desk_actions().get(slug)
        if entry is None:
            raise Http404
        user = cast("User", request.user)
        self.unsent = unsent.besides(request.POST, slug, about=self.about, user=user)
        self.sent = unsent.named(request.POST, slug)
        files = request.FILES if self.sent is request.POST else unsent.named(request.FILES, slug)
        form = entry.form(self.sent, files=files, about=self.about, user=user, prefix=slug)
        if "fill" in request.POST and form.reply_field:
            return self.show(self._filled(entry, form))
        if not form.is_valid():
            said = " ".join(str(problem) for problems in form.errors.values() for problem in problems)
            form.begin_at_mistake()
            return self.show(form, "" if entry.is_listed else said)
        place = showing.place_of(self.about)
        try:
            self._do(entry, form)
        except ValidationError as problem:
            form.add_error("documents", problem)
            form.begin_at_mistake()
            return self.show(form)
        except ChangedMeanwhile as change:
            if not cache.get(self._click()):
                return self._ask_again(form, change)
        except InboxError as problem:
            self.about.refresh_from_db()
            return self.show(form, str(problem))
        return self._done(entry, place)

    def _do(self, entry: DeskAction, form: ActionForm) -> None:
        """Put files away, then call the service under the row's lock; what it refuses is not kept."""
        arguments = dict(form.cleaned_data)
        takes_files = isinstance(form.fields.get("documents"), SeveralFilesField)
        try:
            with stored_files(arguments.pop("documents") if takes_files else ()) as files:
                arguments |= {"files": files} if takes_files else {}
                seen = self._seen() if entry.is_guarded else None
                once = _once(entry.service, self._click())
                unless_changed(self.about, seen, once, agent=self.request.user, **arguments)
        except DatabaseError:  # on committing too: nothing was done, and the next click must do it
            cache.delete(self._click())
            raise

    def _seen(self) -> int | None:
        """How long the log was when the page was shown; None for a form that does not say."""
        seen = self.request.POST.get("seen", "")
        return int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else None

    def _click(self) -> str:
        """What tells a second click from a second wish: the same words, in the same showing of the same form.

        Whoever goes back to what was said and presses again is shown the form anew: there, words and files tell.
        """
        shown, slug = self.request.POST.get("shown", ""), self.kwargs["slug"]
        said = sorted((name, values) for name, values in self.sent.lists() if name.startswith(f"{slug}-"))
        told: list[Any] = [self.request.user.pk, self.request.path, shown, said]
        if desk_actions()[slug].is_said_once:
            said = [(name, values) for name, values in said if name not in (f"{slug}-key", f"{slug}-template")]
            told[2:] = [said, [(file.name, file.size) for file in self.request.FILES.getlist(f"{slug}-documents")]]
        return "desk-click-" + sha256(json.dumps(told).encode()).hexdigest() if shown else ""

    def _ask_again(self, form: ActionForm, change: ChangedMeanwhile) -> HttpResponse:
        """The page as it is now, with what was typed, what happened, and the choice to go on."""
        self.about.refresh_from_db()
        return self.show(form, str(change), meanwhile=around.happened_since(self.about, change.since), status=409)

    def _filled(self, entry: DeskAction, typed: ActionForm) -> ActionForm:
        """The form with a reply template in its text, after what was typed there."""
        user, into = cast("User", self.request.user), entry.form.reply_field
        said = {name: typed[name].data for name in typed.fields}
        chosen = _template(self.about, self.sent.get(typed.add_prefix("template"), ""))
        if chosen is not None:
            text = replies.fill(chosen, self.about, user)
            said[into] = "\n\n".join(part for part in ((said[into] or "").strip(), text) if part)
        return entry.form(about=self.about, user=user, prefix=entry.slug, initial=said)

    def _done(self, entry: DeskAction, place: str) -> HttpResponse:
        if self.request.headers.get("X-Desk"):  # the page stays: its forms must know how long the log is now
            return JsonResponse({"seen": self.about.log_length})
        unsent.keep(self.unsent, about=self.about, user=cast("User", self.request.user), done=entry.slug)
        following = reverse("inbox:next") + "?" + self.list_query(after=place)
        messages.success(self.request, entry.done, buttons=[messages.button(following, _("Next request"))])
        if entry.tells_resident and not self.about.requester_email:
            messages.warning(self.request, self._other_means())
        stays = ServiceRequest.objects.visible_to(self.request.user).filter(pk=self.about.pk).exists()
        return redirect(self.address_of_page(after=place) if stays else self.address_of_list())

    def _other_means(self) -> str:
        """How somebody without an e-mail address learns of it."""
        if self.about.letters.to_be_printed().exists():
            return _("There is no e-mail address: a letter waits among the letters to print.")
        return _("There is no e-mail address: tell the resident by another means.")


def _once(service: Callable[..., Any], click: str) -> Callable[..., Any]:
    """Have a form that is sent twice do its work once; the row is locked."""

    def run(request: ServiceRequest, **arguments: Any) -> Any:
        if click and cache.get(click):
            return None
        result = service(request, **arguments)
        if click:
            cache.set(click, True, TWICE_SECONDS)
        return result

    return run


def _template(request: ServiceRequest, typed: str) -> Any:
    """The reply template of that id, if it is one for this request."""
    return next((each for each in around.templates_for(request) if str(each.pk) == typed), None)


@may_act
class ReplyView(AboutOneRequest):
    """A reply template filled in for one request, for the script that puts it into the text."""

    def get(self, request: HttpRequest, pk: int, template: int) -> HttpResponse:
        """JSON: ``text``."""
        chosen = _template(self.about, str(template))
        if chosen is None:
            raise Http404
        return JsonResponse({"text": replies.fill(chosen, self.about, cast("User", request.user))})


@may_read
class NextView(View):
    """Leads to the request that follows in the list, with its filters and order; to the list where there is none."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Look behind the place of the request that was left (``after``)."""
        form = FilterForm(request.GET, user=cast("User", request.user))
        following = showing.next_after(form, request.GET.get("after", ""))
        kept = request.GET.copy()
        kept.pop("after", None)
        query = f"?{kept.urlencode()}" if kept else ""
        if following is None:
            messages.info(request, _("That was the last one of this list."))
            return redirect(reverse("inbox:list") + query)
        return redirect(reverse("inbox:request", args=[following]) + query)
