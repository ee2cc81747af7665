// Keyboard shortcuts of the list; everything they do can be done with Tab and Enter alone.
const links = [...document.querySelectorAll(".inbox-lines th[scope='row'] a")];
const boxes = [...document.querySelectorAll(".inbox-lines input[name='pk']")];
let current = -1; // the line one was on last: a box may have the focus

function move(step) {
  const line = document.activeElement.closest("tr.inbox-line");
  const at = line ? links.findIndex((link) => line.contains(link)) : current;
  current = Math.min(Math.max(at + step, 0), links.length - 1);
  links[current]?.focus();
}

function tick(box, on = !box.checked) {
  if (box.checked === on) return;
  box.checked = on;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

const keys = {
  j: () => move(1),
  k: () => move(-1),
  x: () => {
    const box = document.activeElement.closest("tr.inbox-line")?.querySelector("input[name='pk']");
    if (box) tick(box);
  },
  a: () => {
    const on = boxes.some((box) => !box.checked);
    for (const box of boxes) tick(box, on);
  },
  n: () => document.querySelector(".inbox-pages [rel='next']")?.click(),
  p: () => document.querySelector(".inbox-pages [rel='prev']")?.click(),
  "/": () => document.querySelector(".inbox-search input")?.focus(),
  "?": () => {
    const help = document.querySelector(".inbox-keys");
    if (!help) return;
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("select, textarea, [contenteditable], input:not([type='checkbox'], [type='radio'])");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const tab = /^[1-9]$/.test(event.key) ? document.querySelectorAll(".inbox-tabs a")[event.key - 1] : null;
  const act = tab ? () => tab.click() : Object.hasOwn(keys, event.key) && keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
