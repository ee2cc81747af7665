// A long <select> becomes a field with search (ARIA 1.2 combobox). The list stays, unseen: it is what is sent.

const MOST = 300; // lines shown at once

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim().toLowerCase();

function make(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function enhance(select) {
  const lines = [...select.options].filter((option) => option.value).map((option) => ({ option, words: plain(option.label) }));
  const id = select.id;
  const input = make("input", { id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}_list` });
  for (const name of ["aria-describedby", "aria-invalid", "aria-required", "lang"]) {
    if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
  }
  const button = make("button", { type: "button", tabindex: "-1", class: "combobox__open", "aria-label": select.dataset.open });
  const list = make("ul", { id: `${id}_list`, role: "listbox", class: "combobox__list", hidden: "" });
  const status = make("p", { role: "status", class: "visually-hidden" });
  const name = select.labels[0];
  if (name) list.setAttribute("aria-label", name.textContent.trim());
  const box = make("div", { class: "combobox" });
  select.before(box);
  select.id = `${id}_choice`;
  select.hidden = true;
  box.append(input, button, list, status, select);
  input.value = select.value ? select.selectedOptions[0].label : "";
  let shown = [], active = -1, told;

  function open(all) {
    const wanted = all ? [] : plain(input.value).split(" ").filter(Boolean);
    const found = lines.filter(({ words }) => wanted.every((word) => words.includes(word)));
    const first = ({ words }) => (wanted.length && words.startsWith(wanted[0]) ? 0 : 1);
    const own = all ? found.findIndex(({ option }) => option.selected) : -1;
    const from = own < MOST ? 0 : own; // of a very long list, what follows the chosen line
    shown = found.sort((a, b) => first(a) - first(b)).slice(from, from + MOST);
    list.replaceChildren(...shown.map(({ option }, place) => {
      const line = make("li", { role: "option", id: `${id}_${place}`, "aria-selected": String(option.selected) });
      line.textContent = option.label;
      return line;
    }));
    list.hidden = shown.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    move(all ? shown.findIndex(({ option }) => option.selected) : -1);
    clearTimeout(told);
    told = setTimeout(() => {
      status.textContent = found.length ? select.dataset.count.replace("{count}", found.length) : select.dataset.none;
      status.classList.toggle("visually-hidden", found.length > 0);
    }, 400);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    move(-1);
  }

  function move(place) {
    list.children[active]?.classList.remove("active");
    active = place;
    const line = list.children[active];
    line?.classList.add("active");
    line?.scrollIntoView({ block: "nearest" });
    if (line) input.setAttribute("aria-activedescendant", line.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function choose(value, label = input.value) {
    input.value = label;
    if (select.value === value) return;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function pick(place) {
    choose(shown[place].option.value, shown[place].option.label);
    close();
  }

  input.addEventListener("input", () => {
    const exact = lines.find(({ words }) => words === plain(input.value));
    choose(exact?.option.value ?? "");
    open(false);
  });
  input.addEventListener("keydown", (event) => {
    const { key } = event;
    const isOpen = !list.hidden;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      if (!isOpen) open(Boolean(select.value) || !input.value);
      const step = key === "ArrowDown" ? 1 : -1;
      if (shown.length) move(active < 0 ? (step > 0 ? 0 : shown.length - 1) : (active + step + shown.length) % shown.length);
    } else if (key === "Enter" && isOpen && active >= 0) {
      event.preventDefault();
      pick(active);
    } else if (key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    }
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  button.addEventListener("click", () => {
    input.focus();
    if (list.hidden) open(true);
    else close();
  });
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => {
    const line = event.target.closest("li");
    if (line) pick([...list.children].indexOf(line));
  });
}

document.querySelectorAll("select[data-combobox]").forEach(enhance);
