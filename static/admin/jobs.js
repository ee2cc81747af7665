// How far a piece of long work is, asked every other second; the page says the same when it is loaded again.
const box = document.querySelector(".inbox-progress");

async function look() {
  try {
    const answer = await fetch(box.dataset.state, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const state = await answer.json();
    if (!state.under_way) {
      location.reload();
      return;
    }
    document.querySelector("#progress-title").textContent = state.label;
    const bar = box.querySelector("progress");
    bar.max = state.total || 1;
    bar.value = state.position;
    box.querySelector("[data-position]").textContent = state.position;
    box.querySelector("[data-total]").textContent = state.total;
  } catch {
    // The network is away: the next look may find it again.
  }
  setTimeout(look, 2000);
}

if (box) setTimeout(look, 1000);
