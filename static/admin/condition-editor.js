// Turns the ids stored in conditions into lists: the questions asked before, their choices.
// Works on the editor's own fields (names such as steps-0-value-questions-2-value-label);
// what is saved is still the text input, so nothing is lost where this does not run.

const config = JSON.parse(document.getElementById("condition-editor").textContent);
const QUESTION = /^(.+?)-(\d+)-value-questions-(\d+)-id$/;
const RULE = /^(.+?)-(\d+)-value-(?:questions-(\d+)-value-)?condition-rules-\d+-value-question$/;

const named = (name) => document.querySelector(`[name="${CSS.escape(name)}"]`);
const valueOf = (name) => named(name)?.value ?? "";
const isDeleted = (prefix) => valueOf(`${prefix}-deleted`) !== "";
const order = (prefix) => Number(valueOf(`${prefix}-order`));

function identify(input) {
  // A block that was just added may have no id yet: conditions need one before the page is saved.
  if (!input.value) input.value = crypto.randomUUID();
  return input.value;
}

function choicesOf(prefix) {
  const found = [];
  for (const input of document.querySelectorAll(`[name^="${CSS.escape(prefix)}-choices-"][name$="-id"]`)) {
    const item = input.name.slice(0, -3);
    if (!isDeleted(item)) found.push({ id: identify(input), label: valueOf(`${item}-value`), order: order(item) });
  }
  return found.filter((choice) => choice.label.trim()).sort((a, b) => a.order - b.order);
}

function allQuestions() {
  const found = [];
  for (const input of document.querySelectorAll('input[type="hidden"][name*="-value-questions-"][name$="-id"]')) {
    const match = QUESTION.exec(input.name);
    if (!match) continue;
    const prefix = input.name.slice(0, -3);
    const step = `${match[1]}-${match[2]}`;
    if (isDeleted(prefix) || isDeleted(step)) continue;
    const question = { id: identify(input), prefix, type: valueOf(`${prefix}-type`), place: [order(step), order(prefix)] };
    question.label = valueOf(`${prefix}-value-label`).trim() || config.words.unnamed;
    found.push(question);
  }
  return found.sort((a, b) => a.place[0] - b.place[0] || a.place[1] - b.place[1]);
}

function earlierThan(rule, questions) {
  const [, steps, step, own] = RULE.exec(rule.name);
  const stepPlace = order(`${steps}-${step}`);
  const ownPlace = own === undefined ? -1 : order(`${steps}-${step}-value-questions-${own}`);
  return questions.filter(({ place }) => place[0] < stepPlace || (place[0] === stepPlace && place[1] < ownPlace));
}

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

function refreshRule(rule, questions) {
  const prefix = rule.name.slice(0, -"question".length);
  const operator = named(`${prefix}operator`);
  const value = named(`${prefix}value`);
  list(rule, earlierThan(rule, questions), config.words.gone);
  const question = questions.find(({ id }) => id === rule.value);
  const allowed = question ? config.operators[question.type] ?? [] : null;
  for (const option of operator.options) option.hidden = option.disabled = allowed !== null && !allowed.includes(option.value);
  if (allowed && !allowed.includes(operator.value)) operator.value = allowed[0];
  const needed = config.needsValue.includes(operator.value);
  value.closest("[data-contentpath]")?.toggleAttribute("hidden", !needed);
  if (!needed) value.value = "";
  let answers = null;
  if (question?.type === "yes_no") answers = config.words.yesNo;
  else if (question && named(`${question.prefix}-value-choices-count`)) answers = choicesOf(`${question.prefix}-value`);
  list(value, answers, config.words.gone);
}

function refresh() {
  const rules = document.querySelectorAll("[data-condition-question]");
  const questions = allQuestions();
  for (const rule of rules) if (RULE.test(rule.name)) refreshRule(rule, questions);
}

let waiting;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 150);
}

const form = document.querySelector("form[data-edit-form]") ?? document.getElementById("page-edit-form");
if (form) {
  new MutationObserver((changes) => {
    const own = ({ target }) => target instanceof Element && target.matches("select[data-condition-list]");
    if (!changes.every(own)) soon();
  }).observe(form, { childList: true, subtree: true });
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  refresh();
}
