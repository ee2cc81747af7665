// Where many requests arrive, the browser works for a second so that nobody has to solve a riddle.
// This file is both the page's script and, in a worker, the one who counts.
const BATCH = 500;
const LONGEST_WAIT = 10_000; // milliseconds

async function solve({ nonce, salt, keyPrefix }) {
  const bytes = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const start = new Uint8Array([...bytes(salt), ...bytes(nonce), 0, 0, 0, 0]);
  const wanted = bytes(keyPrefix);
  for (let first = 0; ; first += BATCH) {
    const found = await Promise.all(
      Array.from({ length: BATCH }, async (_, place) => {
        const text = start.slice();
        new DataView(text.buffer).setUint32(text.length - 4, first + place);
        const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", text));
        return wanted.every((byte, index) => hash[index] === byte) ? { counter: first + place, hash } : null;
      }),
    );
    const { counter, hash } = found.find(Boolean) ?? {};
    if (hash) return { counter, derivedKey: Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  }
}

if (typeof document === "undefined") {
  addEventListener("message", async ({ data }) => postMessage(await solve(data)));
} else {
  const field = document.querySelector("input[data-challenge]");
  // Without a secure connection there is no crypto.subtle: the server then asks for a short wait instead.
  if (field && crypto.subtle) {
    const { form } = field;
    const challenge = JSON.parse(field.dataset.challenge);
    const worker = new Worker(import.meta.url, { type: "module" });
    let isSent = false;
    worker.addEventListener("message", ({ data: solution }) => {
      field.value = btoa(JSON.stringify({ challenge, solution }));
      worker.terminate();
      if (isSent) form.submit();
    });
    worker.postMessage(challenge.parameters);
    form.addEventListener("submit", (event) => {
      if (field.value || isSent) return;
      event.preventDefault();
      isSent = true;
      form.querySelector("[data-proof-wait]").textContent = field.dataset.wait;
      setTimeout(() => field.value || form.submit(), LONGEST_WAIT); // a slow phone: the server will ask to wait
    });
    addEventListener("pageshow", () => (isSent = false));
  }
}
