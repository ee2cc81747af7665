// Show and hide the questions of this step while their answers are typed. The server does the same after the post.

import { shown } from "./conditions.js";
import { centsOf, dateOf, numberOf } from "./typed-values.js";

const { sections, before } = JSON.parse(document.getElementById("live-questions").textContent);
const form = document.querySelector("form.form");
const said = form.querySelector("[data-appeared]");
const named = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((field) => field.type !== "hidden");
const text = (name) => named(name)[0]?.value.trim() || null;
const checked = (name) => named(name).filter((field) => field.checked).map((field) => field.value);

// How the field of each kind of answer is read: as procedures.plugins.FieldType.reading names it.
const readings = {
  text,
  choice: (name) => (named(name)[0]?.type === "radio" ? checked(name)[0] : named(name)[0]?.value) || null,
  list: (name) => (checked(name).length ? checked(name) : null),
  boolean: (name) => ({ yes: true, no: false, on: true })[checked(name)[0]] ?? null,
  number: (name) => numberOf(text(name) ?? ""),
  cents: (name) => centsOf(text(name) ?? ""),
  date: (name) => dateOf(text(name) ?? ""),
};

function read(question, name, given) {
  const kept = readings[question.reading]?.(name) ?? null;
  if (kept !== null) given[name] = kept;
}

function answers() {
  const given = {};
  for (const question of sections.flatMap((section) => section.questions)) {
    read(question, question.id, given);
    if (!question.questions) continue;
    given[question.id] = [...form.querySelectorAll(`input[type=hidden][name="${CSS.escape(question.id)}"]`)].map(({ value }) => value);
    for (const row of given[question.id]) {
      for (const child of question.questions) read(child, `${question.id}.${row}.${child.id}`, given);
    }
  }
  return given;
}

function refresh(event) {
  const visible = shown(sections, answers(), { ...before });
  const appeared = [];
  for (const moving of form.querySelectorAll("[data-question]")) {
    const stays = visible.has(moving.dataset.question);
    if (stays && moving.hidden) appeared.push(moving.querySelector("legend, label").firstChild.textContent.trim());
    moving.hidden = moving.disabled = !stays;
  }
  if (appeared.length && event.type !== "pageshow") {
    said.textContent = said.dataset.appeared.replace("{questions}", appeared.join(", "));
  }
  for (const section of form.querySelectorAll("[data-section]")) {
    const fields = [...section.querySelectorAll(".field, .group, .said")];
    section.hidden = fields.length > 0 && fields.every((field) => field.closest("[data-question][hidden]"));
  }
}

form.addEventListener("input", refresh);
form.addEventListener("change", refresh);
window.addEventListener("pageshow", refresh); // the browser may have put answers back
