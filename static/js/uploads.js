// Send files as soon as they are chosen or dropped, one after the other, and say how far it is.
const row = document.querySelector("template[data-upload-row]");
if (row) {
  const form = row.closest("form"), words = row.dataset, said = form.querySelector("[data-upload-said]");
  const { send, Refused, HEADERS } = await import(words.tus); // its address bears a hash: no plain import
  const jobs = new Map(), queue = [];
  let busy = false, goOn = null;

  const phrase = (text, name, percent) => text.replace("{name}", name).replace("{percent}", percent);
  const say = (text) => { said.textContent = text; };
  const inputOf = (target) => target.closest?.(".field")?.querySelector("input[type=file]");

  function listOf(input) {
    const field = input.closest(".field");
    if (!field.nextElementSibling?.matches("ul.files")) field.after(Object.assign(document.createElement("ul"), { className: "files" }));
    return field.nextElementSibling;
  }

  function show(job, problem = "", mayRetry = false) {
    const note = job.item.querySelector("[data-problem]");
    note.textContent = problem;
    note.hidden = !problem;
    job.item.querySelector("progress").hidden = Boolean(problem) || job.done;
    job.item.querySelector("[data-retry]").hidden = !mayRetry;
    if (problem) say(problem);
  }

  function take(input, files) {
    for (const file of files) {
      const item = row.content.firstElementChild.cloneNode(true);
      const [unit, bytes] = file.size < 1048576 ? ["kilobyte", 1024] : ["megabyte", 1048576];
      const format = new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 });
      for (const name of item.querySelectorAll("[data-name]")) name.textContent = file.name;
      item.querySelector("[data-size]").textContent = `(${format.format(file.size / bytes)})`;
      item.querySelector("progress").setAttribute("aria-label", file.name);
      listOf(input).append(item);
      const job = { file, item, input, question: input.name, stop: new AbortController(), saidAt: Date.now() };
      jobs.set(item, job);
      if (file.size > Number(input.dataset.maxBytes || Infinity)) show(job, input.dataset.tooLarge.replace("%s", file.name));
      else queue.push(job);
    }
    work();
  }

  function progress(job, sent) {
    if (sent === null) return say(words.again);
    const percent = Math.floor((100 * sent) / job.file.size);
    job.item.querySelector("progress").value = percent;
    if (Date.now() - job.saidAt < 10000) return; // a screen reader has other things to say
    job.saidAt = Date.now();
    say(phrase(words.percent, job.file.name, percent));
  }

  async function upload(job) {
    say(phrase(words.sending, job.file.name));
    const begun = (address) => {
      job.address = address; // one that was cut before, shown by the page, goes on in this row
      form.querySelector(`[data-upload="${address}"]`)?.closest("li").remove();
    };
    const { address, question, stop: { signal } } = job;
    await send(job.file, { url: words.url, address, question, signal, begun, progress: (sent) => progress(job, sent) });
    job.done = true;
    show(job);
    say(phrase(words.done, job.file.name));
  }

  async function work() {
    if (busy) return;
    busy = true;
    for (let job; (job = queue.shift()); ) {
      try {
        await upload(job);
      } catch (error) {
        if (job.stop.signal.aborted) continue;
        const refused = error instanceof Refused;
        show(job, phrase((refused && error.message) || (refused ? words.unknown : words.failed), job.file.name), !refused);
        if (goOn) job.item.querySelector("button:not([hidden])").focus();
        goOn = null;
      }
    }
    busy = false;
    if (goOn) form.requestSubmit(goOn.submitter);
  }

  async function remove(item, address, input) {
    const job = jobs.get(item), name = item.querySelector("bdi").textContent;
    job?.stop.abort();
    if (queue.includes(job)) queue.splice(queue.indexOf(job), 1);
    if (address) {
      const answer = await fetch(address, { method: "DELETE", headers: HEADERS }).catch(() => null);
      if (!answer?.ok) return say(phrase(words.failed, name));
    }
    const list = item.parentElement;
    item.remove();
    if (!list.children.length) list.remove();
    input?.focus();
    say(phrase(words.removed, name));
  }

  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    take(event.target, [...event.target.files]);
    event.target.value = ""; // or the form would send them once more
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-remove], [data-retry], [data-upload]"), item = button?.closest("li");
    if (!button) return;
    event.preventDefault();
    const job = jobs.get(item);
    if (!button.matches("[data-retry]")) {
      remove(item, job?.address ?? button.dataset.upload, inputOf(item.parentElement.previousElementSibling));
    } else {
      show(job);
      queue.push(job);
      work();
    }
  });
  for (const kind of ["dragover", "drop"]) {
    form.addEventListener(kind, (event) => {
      const input = inputOf(event.target);
      if (!input || !event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      if (kind === "drop") take(input, event.dataTransfer.files);
    });
  }
  form.addEventListener("submit", (event) => {
    if (!busy) return;
    event.preventDefault();
    goOn = { submitter: event.submitter };
    say(words.wait);
  });
}
