// Keyboard shortcuts of the list; everything they do can be done with Tab and Enter alone.
const links = [...document.querySelectorAll(".inbox-lines th[scope='row'] a")];

function move(step) {
  const at = links.indexOf(document.activeElement);
  const next = links[Math.min(Math.max(at + step, 0), links.length - 1)];
  next?.focus();
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".inbox-filters input")?.focus();
  }
});
