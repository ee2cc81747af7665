// After a refused form: start at the list of what is to correct, and lead to each field.
const summary = document.querySelector("[data-error-summary]");

if (summary) {
  summary.focus();
  // On each link: a listener on the list would make screen readers call all of it clickable.
  for (const link of summary.querySelectorAll("a[href^='#']")) {
    link.addEventListener("click", (event) => {
      const target = document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      // The question must stay in sight above its field, also under a phone's keyboard.
      (target.closest(".field") ?? target).scrollIntoView({ block: "start" });
      target.focus({ preventScroll: true });
    });
  }
}
