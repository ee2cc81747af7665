"""What a post of a step leaves in the draft, and what is shown when another page was there first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _

from procedures.definition.compiled import Step
from procedures.filing import limits, prefilling, screens, tabs
from procedures.filing.attachments import REMOVE, receive_files, remove_file, waiting_files
from procedures.filing.holding import current_version
from procedures.filing.reading import Before, Reading, read_step
from procedures.filing.typed import ADD, DROP, Typed, asked_in, change_rows, take
from procedures.plugins import Question
from procedures.uploads.limits import QuotaUploadHandler

if TYPE_CHECKING:
    from procedures.filing.views.wizard import FilingView

CARRIED = ("back", "later")
"""Buttons that the page with both versions presses again once the resident has chosen."""


def begin(view: FilingView) -> None:
    """Make the draft of a browser's first post."""
    if view.storage.draft is None:
        view.storage.begin(current_version(view.procedure), view.language)
        limits.count("drafts", view.request, view.procedure)


def keep(view: FilingView, step: Step, quota: QuotaUploadHandler) -> Reading:
    """Save a posted step, files first.

    Raises:
        DraftGone: the draft was sent or deleted meanwhile.
        OvertakenError: another page saved other answers; ``Reading`` is lost, the post is not.
    """
    begin(view)
    draft, storage, post = view.own_draft(), view.storage, view.request.POST
    for name in post:
        if name.startswith(REMOVE):
            remove_file(draft, name.removeprefix(REMOVE))
    asked = asked_in(post, step.questions)
    refused = _receive(view, asked, quota)
    before = Before(storage.answers, storage.typed(step.key), waiting_files(draft, asked))
    typed = typed_in(view, step)
    reading = read_step(view.definition, step, typed, before, refused, tabs.Mark.read(post.get(tabs.SEEN, "")))
    storage.save(reading.change, view.language)
    view.__dict__.pop("journey", None)
    return reading


def typed_in(view: FilingView, step: Step) -> Typed:
    """What the post says, with the rows added and the answers of another page that were preferred."""
    typed = take(view.request.POST, step.questions)
    tabs.choose(typed, view.storage.typed(step.key), view.request.POST)
    change_rows(typed, view.request.POST)
    prefilling.enforce(view, step, typed)
    return typed


def stays(view: FilingView) -> bool:
    """Tell whether the button pressed changes the page itself: a row, a file."""
    return any(name.startswith((REMOVE, ADD, DROP)) for name in view.request.POST)


def place_changed(view: FilingView, step: Step) -> str:
    """The fragment of what the button pressed has changed: a browser brings its reader there, no script needed."""
    post, typed = view.request.POST, view.storage.typed(step.key)
    for name in post:
        if name.startswith(ADD):
            rows = typed.get(group := name.removeprefix(ADD))
            return f"#row_{group}.{rows[-1]}" if rows else ""
        if name.startswith(DROP):
            group = name.removeprefix(DROP).partition(".")[0]
            return f"#id_{group}" if group in typed else ""
        if name.startswith(REMOVE) and post[name] in {question.id for question in asked_in(post, step.questions)}:
            return f"#id_{post[name]}"
    return ""


def _receive(view: FilingView, asked: list[Question], quota: QuotaUploadHandler) -> dict[str, list[str]]:
    """Take the files in, unless far too many have come from here."""
    request, draft, files = view.request, view.own_draft(), view.request.FILES
    number = sum(len(files.getlist(name)) for name in files)
    if number and not draft.entered_by_id:
        if too_many := limits.reached("files", request, view.procedure):
            view.too_many = too_many
            return {question.id: [too_many.files_message] for question in asked if files.getlist(question.id)}
        limits.count("files", request, view.procedure, number)
    return receive_files(draft, asked, files, quota.refused)


def show_both(view: FilingView, step: Step) -> HttpResponse:
    """Both versions of what two pages answered otherwise: the resident chooses, nothing is lost."""
    typed = typed_in(view, step)
    title = _("This step was filled in twice")
    context = {
        **screens.frame(view, title),
        **screens.beside(view.definition),
        "step": step,
        "rivals": tabs.rivals(step.questions, typed.values, view.storage.typed(step.key)),
        "values": [(name, value) for name, values in typed.values.items() for value in values],
        "carried": [name for name in CARRIED if name in view.request.POST],
        "mark": tabs.new_mark(view.storage.data, step.key),
        "action": view.request.get_full_path(),
        "again_url": view.get_step_url(step.key),
    }
    return view.shown("pages/filing/both.html", context, 409)
