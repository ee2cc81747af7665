// Show and hide the questions of this step while their answers are typed. The server does the same after the post.

import { shown } from "./conditions.js";

const { sections, before } = JSON.parse(document.getElementById("live-questions").textContent);
const form = document.querySelector("form.form");
const DIGITS = /[\u0660-\u0669]/g;

const latin = (text) => text.replace(DIGITS, (digit) => String(digit.charCodeAt(0) - 0x660));
const named = (name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((field) => field.type !== "hidden");
const text = (name) => named(name)[0]?.value.trim() || null;
const checked = (name) => named(name).filter((field) => field.checked).map((field) => field.value);

function date(typed) {
  const found = /^(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})$/.exec(typed) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(typed);
  const iso = found ? `${found[3]}-${found[2].padStart(2, "0")}-${found[1].padStart(2, "0")}` : typed;
  return /^\d{4}-\d{2}-\d{2}$/.test(iso) && !Number.isNaN(Date.parse(iso)) ? iso : null;
}

function number(typed) {
  const plain = typed.replace(/[\s\u00a0\u202f]/g, "").replace(",", ".").replace("\u066b", ".");
  return /^[+-]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

// How the field of each kind of answer is read: as procedures.plugins.FieldType.reading names it.
const readings = {
  text,
  choice: (name) => (named(name)[0]?.type === "radio" ? checked(name)[0] : named(name)[0]?.value) || null,
  list: (name) => (checked(name).length ? checked(name) : null),
  boolean: (name) => ({ yes: true, no: false, on: true })[checked(name)[0]] ?? null,
  number: (name) => number(latin(text(name) ?? "")),
  cents: (name) => {
    const euros = number(latin(text(name) ?? "").replace(/€$/, ""));
    return euros === null ? null : Math.round(euros * 100);
  },
  date: (name) => date(latin(text(name) ?? "")),
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

function refresh() {
  const visible = shown(sections, answers(), { ...before });
  for (const moving of form.querySelectorAll("[data-question]")) {
    moving.hidden = moving.disabled = !visible.has(moving.dataset.question);
  }
  for (const section of form.querySelectorAll("[data-section]")) {
    const fields = [...section.querySelectorAll(".field, .group, .said")];
    section.hidden = fields.length > 0 && fields.every((field) => field.closest("[data-question][hidden]"));
  }
}

form.addEventListener("input", refresh);
form.addEventListener("change", refresh);
window.addEventListener("pageshow", refresh); // the browser may have put answers back
