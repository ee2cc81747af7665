// A second click sends nothing: the server would recognise it, the resident should not wonder.
for (const form of document.querySelectorAll("form[data-submit-once]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  // Back from the next page, the browser shows the page as it was left.
  addEventListener("pageshow", () => delete form.dataset.sent);
}
