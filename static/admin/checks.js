// Links of the « Checks » tab lead to a field: its tab and everything folded around it open, and it gets the focus.

const FOCUSABLE = "input:not([type=hidden]):not([hidden]), select, textarea, [contenteditable=true], button";

// The field itself, or for lists and rich texts whatever bears its name.
function find(id) {
  return document.getElementById(id) ?? document.querySelector(`[id^="${CSS.escape(id)}"], [name^="${CSS.escape(id)}"]`);
}

function open(target) {
  const panel = target.closest("[role=tabpanel]");
  if (panel?.hidden) document.querySelector(`[role=tab][aria-controls="${panel.id}"]`)?.click();
  for (let folded; (folded = target.closest("[hidden=until-found], .w-panel__content[hidden]")); ) {
    folded.dispatchEvent(new Event("beforematch", { bubbles: true }));
    folded.hidden = false;
  }
}

// Blocks are built as they are opened: what stood for the field may be gone then, and is looked for again.
function opened(id) {
  const target = find(id);
  open(target);
  return target.isConnected || !find(id) ? target : opened(id);
}

// Tabs open with a short transition: the field is focused as soon as it can be.
function focusSoon(fields, frames = 60) {
  const field = fields.find((one) => one.checkVisibility({ visibilityProperty: true }));
  if (field) {
    field.focus();
    field.scrollIntoView({ block: "center", behavior: "instant" });
  } else if (frames) requestAnimationFrame(() => focusSoon(fields, frames - 1));
}

function lead(target) {
  const around = target.closest("[data-contentpath]") ?? target.closest("section") ?? target.parentElement;
  const rich = [...around.querySelectorAll("[contenteditable=true]")];
  focusSoon([target, ...rich, ...around.querySelectorAll(FOCUSABLE)].filter((one) => one.matches(FOCUSABLE)));
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-check-target]");
  const id = link && decodeURIComponent(link.hash.slice(1));
  if (!link || !find(id)) return;
  event.preventDefault();
  lead(opened(id));
});
