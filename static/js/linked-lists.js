// A list in groups becomes two lists: the first, of the groups, narrows the second. The second is what is sent.

function enhance(select) {
  const blank = select.options[0];
  const groups = [...select.children].slice(1).map((child) => ({
    label: child.label,
    lines: child.tagName === "OPTGROUP" ? [...child.children] : [],
    own: child.tagName === "OPTGROUP" ? null : child,
  }));
  const first = document.createElement("select");
  first.id = `${select.id}_first`;
  first.append(new Option(blank.label, ""), ...groups.map(({ label }, place) => new Option(label, String(place))));
  const names = [first, select].map((list, place) => {
    const name = document.createElement("label");
    name.htmlFor = list.id;
    name.textContent = place ? select.dataset.second : select.dataset.first;
    name.className = "linked__name";
    return name;
  });
  // The question itself stays the heading of both lists.
  const box = document.createElement("div");
  box.className = "linked";
  box.setAttribute("role", "group");
  const question = select.labels[0];
  if (question) {
    question.id ||= `${select.id}_question`;
    question.removeAttribute("for");
    box.setAttribute("aria-labelledby", question.id);
  }
  for (const name of ["aria-describedby", "aria-required"]) {
    if (select.hasAttribute(name)) first.setAttribute(name, select.getAttribute(name));
  }
  const second = document.createElement("div");
  select.before(box);
  second.append(names[1], select);
  box.append(names[0], first, second);

  function narrow(chosen) {
    const group = groups[first.selectedIndex - 1];
    second.hidden = Boolean(group?.own);
    select.replaceChildren(...(group?.own ? [group.own] : [blank, ...(group?.lines ?? [])]));
    select.value = group?.own ? group.own.value : chosen;
    if (select.selectedIndex < 0) select.selectedIndex = 0;
  }

  const chosen = select.value;
  const place = groups.findIndex(({ lines, own }) => [...lines, own].some((option) => option && option.value && option.value === chosen));
  first.selectedIndex = place + 1;
  narrow(chosen);
  first.addEventListener("change", () => {
    narrow("");
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

document.querySelectorAll("select[data-linked]").forEach(enhance);
