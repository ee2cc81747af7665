// The towns of a postcode, offered as it is typed; where there is one alone, it is written in.

function enhance(postcode) {
  const town = document.getElementsByName(postcode.name.replace(/_postcode$/, "_town"))[0];
  if (!town?.list) return;
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "help";
  town.after(status);
  let asked = "", own = "";

  postcode.addEventListener("input", async () => {
    const code = postcode.value.replace(/\D/g, "");
    if (code.length !== 5 || code === asked) return;
    asked = code;
    try {
      const answer = await fetch(`${postcode.dataset.towns}?${new URLSearchParams({ code })}`);
      const { towns } = await answer.json();
      if (code !== asked) return; // another one has been typed meanwhile
      town.list.replaceChildren(...towns.map(({ name }) => new Option("", name)));
      const names = towns.map(({ name }) => name);
      if (names.length === 1 && (!town.value || town.value === own)) {
        town.value = own = names[0];
        town.dispatchEvent(new Event("input", { bubbles: true }));
        status.textContent = town.dataset.found.replace("{town}", own);
      } else {
        if (own && town.value === own && names.length) town.value = "";
        status.textContent = names.length > 1 ? town.dataset.several.replace("{towns}", names.join(", ")) : "";
      }
    } catch {
      asked = ""; // the town is typed by hand
    }
  });
}

document.querySelectorAll("input[data-towns]").forEach(enhance);
