// The resumable protocol tus 1.0, as far as our forms need it; see procedures/filing/views/uploading.py.
const PIECE_BYTES = 512 * 1024;
const PAUSES = [1, 2, 4, 8, 15, 30]; // seconds, after one failure, two…
export const HEADERS = { "Tus-Resumable": "1.0.0" };

/** The server does not want this file; the message is for the resident. */
export class Refused extends Error {}
/** The line is cut, or the server busy: to be tried again. */
export class Cut extends Error {}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function ask(method, url, { headers = {}, body = null, signal, sent }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // unlike fetch, it tells how much has left
    request.open(method, url);
    for (const [name, value] of Object.entries({ ...HEADERS, ...headers })) request.setRequestHeader(name, value);
    if (sent) request.upload.onprogress = (event) => sent(event.loaded);
    request.onload = () => {
      if (request.status < 300) resolve(request);
      else if (request.status === 409 || request.status >= 500) reject(new Cut());
      else reject(new Refused(request.getResponseHeader("Content-Type")?.startsWith("text/plain") ? request.responseText : ""));
    };
    request.onerror = request.ontimeout = request.onabort = () => reject(new Cut());
    signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

function pause(seconds, signal) {
  return new Promise((resolve) => {
    setTimeout(resolve, seconds * 1000);
    addEventListener("online", resolve, { once: true });
    signal.addEventListener("abort", resolve);
  });
}

// The first post of a browser makes its draft: one at a time, whichever script or tab sends it (autosave.js does the same).
const alone = (work) => (navigator.locks ? navigator.locks.request("draft", work) : work());
const offset = (answer) => Number(answer.getResponseHeader("Upload-Offset"));

/** Send a file and return; after a cut ask where it stopped, and go on from there. */
export async function send(file, { url, address, question, signal, begun, progress }) {
  const told = { question, filename: file.name, fingerprint: String(file.lastModified) };
  const metadata = Object.entries(told).map(([name, value]) => `${name} ${base64(value)}`).join(",");
  for (let place = 0, failures = 0; ; ) {
    try {
      if (address) place = offset(await ask("HEAD", address, { signal }));
      else {
        const headers = { "Upload-Length": file.size, "Upload-Metadata": metadata };
        const answer = await alone(() => ask("POST", url, { headers, signal }));
        address = answer.getResponseHeader("Location");
        place = offset(answer);
        begun(address);
      }
      while (place < file.size) {
        const headers = { "Upload-Offset": place, "Content-Type": "application/offset+octet-stream" };
        const body = file.slice(place, place + PIECE_BYTES), from = place;
        place = offset(await ask("PATCH", address, { headers, body, signal, sent: (bytes) => progress(from + bytes) }));
        failures = 0;
      }
      return;
    } catch (error) {
      if (!(error instanceof Cut) || signal.aborted || failures === PAUSES.length) throw error;
      progress(null);
      await pause(PAUSES[failures++], signal);
    }
  }
}
