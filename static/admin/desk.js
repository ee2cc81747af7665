// The page of a request: templates without a reload, ticks kept at once, words kept until they leave, keys.
// Everything here can be done without it.
const forms = [...document.querySelectorAll("[data-desk-form]")];

// --- What was typed survives another action, a reload, the end of the session -----------------
const typedIn = (form) => [...form.querySelectorAll("textarea, input[type='text'], input[type='email'], input[type='date']")];

function remember(form) {
  const words = Object.fromEntries(typedIn(form).map((field) => [field.name, field.value]).filter(([, value]) => value));
  sessionStorage.setItem(form.dataset.deskForm, JSON.stringify(words));
}

const desk = document.querySelector("#desk");
// What the server did is not written any more; whatever else became of a click, the words are still here.
if (desk?.dataset.deskDone) sessionStorage.removeItem(desk.dataset.deskDone);
for (const form of forms) {
  const words = JSON.parse(sessionStorage.getItem(form.dataset.deskForm) || "{}");
  for (const field of typedIn(form).filter((field) => words[field.name] && !field.value)) {
    field.value = words[field.name];
    form.closest("details").open = true;
  }
  form.addEventListener("input", () => remember(form));
  form.addEventListener("keydown", (event) => {
    // One form holds all boxes: Enter in a field of one line means the box's own button.
    if (event.key !== "Enter" || !event.target.matches("input:not([type='checkbox'], [type='file'])")) return;
    event.preventDefault();
    form.querySelector("[data-desk-do]").click();
  });
}

// --- Reply templates --------------------------------------------------------------------------
for (const box of document.querySelectorAll("[data-desk-replies]")) {
  const [select, button] = [box.querySelector("select"), box.querySelector("button")];
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (!select.value) return select.focus();
    const answer = await fetch(box.dataset.deskReplies.replace("/0/", `/${select.value}/`)).catch(() => null);
    if (!answer?.ok) return button.form.requestSubmit(button);
    const field = button.form.elements[box.dataset.deskInto];
    field.value = [field.value.trim(), (await answer.json()).text].filter(Boolean).join("\n\n");
    field.rows = Math.min(16, Math.max(4, field.value.split("\n").length + 2));
    remember(button.closest("[data-desk-form]"));
    field.focus();
  });
}

// --- Checklist --------------------------------------------------------------------------------
const checklist = document.querySelector("[data-desk-checklist]");
checklist?.addEventListener("change", async () => {
  const said = checklist.querySelector("[role='status']");
  const body = new FormData();
  for (const field of checklist.querySelectorAll("input:checked")) body.append(field.name, field.value);
  for (const name of ["csrfmiddlewaretoken", "together"]) body.append(name, desk.elements[name].value);
  const answer = await fetch(checklist.dataset.deskChecklist, { method: "POST", body, headers: { "X-Desk": "tick" } }).catch(() => null);
  said.textContent = answer?.ok ? said.dataset.deskKept : said.dataset.deskLost;
  if (!answer?.ok) return;
  const { seen } = await answer.json();
  for (const mark of document.querySelectorAll("input[name='seen']")) {
    // Only the tick came since: whatever else happened must still be told.
    if (Number(mark.value) + 1 === seen) mark.value = seen;
  }
});

// --- Keys -------------------------------------------------------------------------------------
const box = document.querySelector("[data-desk-switch]");
const toggle = box.querySelector("input");
box.hidden = false;
toggle.checked = localStorage.getItem("desk-keys") !== "off";
toggle.addEventListener("change", () => localStorage.setItem("desk-keys", toggle.checked ? "on" : "off"));
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing || !toggle.checked || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return;
  const target = document.querySelector(`[aria-keyshortcuts="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.tagName !== "SUMMARY") return target.click();
  const details = target.closest("details");
  details.open = true;
  (details.querySelector("textarea") || details.querySelector("input:not([type='hidden']), select, button") || target).focus();
  return undefined;
});
