// Save the step while it is filled in, and say so beside the button: aloud once, then silently.
const PAUSE = 1_500; // milliseconds without a key
const RETRY = 10_000;
const LONGEST_WAIT = 3_000; // for a saving on its way when a button is pressed
const KEPT_ALIVE = 60_000; // bytes that browsers still send from a page being left

// The first saving makes the draft, as the first file does (tus.js): one at a time.
const alone = (work) => (navigator.locks ? navigator.locks.request("draft", () => work()) : work());

const form = document.querySelector("form[data-autosave]");

if (form) {
  const shown = form.querySelector("[data-autosave-shown]");
  const said = form.querySelector("[data-autosave-said]");
  let timer, flight, isChanged, isStopped, isLeaving, lastState;

  function show(text, isSaved) {
    shown.hidden = false;
    shown.textContent = text;
    shown.classList.toggle("saved--not", !isSaved);
    const state = isSaved ? "saved" : text;
    if (state !== lastState) said.textContent = text;
    lastState = state;
  }

  function typed() {
    const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(fields).toString();
  }

  async function post(isLast) {
    const body = typed();
    const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-Autosave": "1" };
    const keepalive = Boolean(isLast) && body.length < KEPT_ALIVE;
    const response = await fetch(location.href, { method: "POST", body, headers, keepalive });
    const { text, stop } = await response.json();
    isStopped = Boolean(stop);
    show(text, response.ok);
    if (!response.ok && !stop) throw new Error(text);
  }

  async function save(isLast) {
    clearTimeout(timer);
    if (!isChanged || isStopped || isLeaving) return;
    if (flight && !isLast) return;
    isChanged = false;
    try {
      await (flight = isLast ? post(true) : alone(post));
    } catch (error) {
      isChanged = true;
      if (error instanceof TypeError || error instanceof SyntaxError) show(form.dataset.autosave, false);
    } finally {
      flight = null;
      if (isChanged) timer = setTimeout(save, RETRY);
    }
  }

  const note = () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };
  form.addEventListener("input", note);
  form.addEventListener("change", note);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save(true));
  addEventListener("pagehide", () => save(true));
  addEventListener("online", () => save());
  addEventListener("pageshow", () => (isLeaving = false));

  form.addEventListener("submit", (event) => {
    if (flight) {
      // The first saving makes the draft: a post beside it would make another one.
      event.preventDefault();
      const wait = new Promise((done) => setTimeout(done, LONGEST_WAIT));
      const { submitter } = event;
      Promise.race([flight.catch(() => {}), wait]).then(() => {
        flight = null;
        form.requestSubmit(submitter);
      });
    } else {
      clearTimeout(timer);
      setTimeout(() => (isLeaving = !event.defaultPrevented)); // another script may hold it back
    }
  });
}
