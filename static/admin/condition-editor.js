// Turns the ids stored in conditions, computed values and fees into lists: the questions that may be named,
// the answers they may have. What is saved is still the text input, so nothing is lost where this does not run.

import { Outline } from "./questions.js";

const config = JSON.parse(document.getElementById("condition-editor").textContent);
const form = document.querySelector("form[data-edit-form]") ?? document.getElementById("page-edit-form");

// Put a list in the place of a text input; null gives the input back.
function list(input, options, missing) {
  let select = input.parentElement.querySelector("select[data-condition-list]");
  input.hidden = options !== null;
  if (options === null) {
    select?.remove();
    return;
  }
  if (!select) {
    select = document.createElement("select");
    select.dataset.conditionList = "";
    select.setAttribute("aria-label", input.labels?.[0]?.textContent.replace("*", "").trim() || config.words.choose);
    select.addEventListener("change", () => {
      input.value = select.value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      refresh();
    });
    input.after(select);
  }
  const entries = [{ id: "", label: config.words.choose }, ...options];
  if (!entries.some(({ id }) => id === input.value)) entries.push({ id: input.value, label: missing });
  const wanted = JSON.stringify([entries.map(({ id, label }) => [id, label]), input.value]);
  if (select.dataset.shown === wanted) return; // leave an open list alone
  select.replaceChildren(...entries.map(({ id, label }) => new Option(label, id, false, id === input.value)));
  select.dataset.shown = wanted;
}

function refreshRule(rule, outline) {
  const prefix = rule.name.slice(0, -"question".length);
  const operator = outline.fields.get(`${prefix}operator`);
  const value = outline.fields.get(`${prefix}value`);
  const question = outline.byId.get(rule.value);
  const allowed = question ? (config.operators[question.type] ?? []) : null;
  for (const option of operator.options) option.hidden = option.disabled = allowed !== null && !allowed.includes(option.value);
  if (allowed && !allowed.includes(operator.value)) operator.value = allowed[0];
  const needed = config.needsValue.includes(operator.value);
  value.closest("[data-contentpath]")?.toggleAttribute("hidden", !needed);
  if (!needed) value.value = "";
  const answers = question && (config.answers[question.type] ?? outline.choicesOf(question.prefix));
  list(value, answers?.length ? answers : null, config.words.gone);
}

// A condition that is never met compares nothing.
function refreshMatch(match) {
  const field = match.closest("[data-contentpath=match]");
  for (const other of field?.parentElement.querySelectorAll(":scope > [data-contentpath]") ?? []) {
    if (other !== field) other.hidden = match.value === "never";
  }
}

function refresh() {
  const outline = new Outline(form, config);
  for (const [name, field] of outline.fields) {
    if (name.endsWith("-condition-match")) refreshMatch(field);
    // Blocks that were not opened yet have hidden inputs without data: their lists are made when they are.
    if (!("conditionQuestion" in field.dataset || "conditionTimes" in field.dataset)) continue;
    const isRule = /-rules-\d+-value-question$/.test(name);
    const seen = outline.seenFrom(name, !isRule);
    const offered = seen.filter(({ type }) => (isRule ? config.operators[type]?.length : !config.silent.includes(type)));
    list(field, offered, config.words.gone);
    if (isRule) refreshRule(field, outline);
  }
}

let waiting;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 150);
}

if (form) {
  new MutationObserver((changes) => {
    const own = ({ target }) => target instanceof Element && target.matches("select[data-condition-list]");
    if (!changes.every(own)) soon();
  }).observe(form, { childList: true, subtree: true });
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  refresh();
}
