// Choosing a procedure while somebody is on the phone: the list narrows with each letter, Enter takes the first that
// is left. Without this, the button asks the server for the same.
const box = document.querySelector("[data-entry-procedures]");
const search = box.querySelector("input[type='search']");
const said = box.querySelector("[role='status']");
const lines = [...box.querySelectorAll("label[data-words]")];
box.querySelector("button").remove(); // else it would be what Enter presses, anywhere in the form

const fold = (text) => text.toLowerCase().replace(/œ/g, "oe").replace(/’/g, "'").normalize("NFKD").replace(/\p{M}/gu, "").trim();
const left = () => lines.filter((line) => !line.hidden);
const radio = (line) => line.querySelector("input");

function narrow() {
  const words = fold(search.value).split(/\s+/);
  let found = 0;
  for (const line of lines) {
    const matches = words.every((word) => line.dataset.words.includes(word));
    found += matches;
    line.hidden = !matches && !radio(line).checked;
  }
  for (const group of box.querySelectorAll("fieldset")) group.hidden = !group.querySelector("label[data-words]:not([hidden])");
  said.textContent = !search.value.trim() ? "" : found ? `${said.dataset.found} ${found}` : said.dataset.none;
}

search.addEventListener("input", narrow);
search.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" && event.key !== "ArrowDown") return;
  event.preventDefault();
  const first = left().find((line) => event.key === "ArrowDown" || fold(search.value).split(/\s+/).every((word) => line.dataset.words.includes(word)));
  if (!first) return;
  if (event.key === "Enter") radio(first).checked = true;
  radio(first).focus();
});
