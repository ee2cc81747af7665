// A point, from where one stands or from a map (Leaflet, where the city has tiles). The line of text stays the answer.

const PLACES = 5; // decimals of a degree: about a metre
const written = ({ lat, lng }) => `${lat.toFixed(PLACES)}, ${lng.toFixed(PLACES)}`;

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function read(input) {
  const [lat, lng] = input.value.split(/\s*[,;]\s*/).map(Number);
  return Number.isFinite(lat) && Number.isFinite(lng) && input.value.trim() ? { lat, lng } : null;
}

function drawMap(input, tools, set) {
  const { tiles, attribution, view, map: words, centreWords } = input.dataset;
  const [lat, lng, zoom] = view.split(",").map(Number);
  const box = document.createElement("div");
  box.className = "map";
  tools.before(box);
  const L = window.L;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(box, { zoomAnimation: !still, fadeAnimation: !still, inertia: !still, scrollWheelZoom: false });
  map.attributionControl.setPrefix("");
  map.setView(read(input) ?? { lat, lng }, read(input) ? 17 : zoom);
  L.tileLayer(tiles, { attribution, maxZoom: 19 }).addTo(map);
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", words);
  const point = L.circleMarker(map.getCenter(), { radius: 10, weight: 4, className: "map__point" });

  function show() {
    const place = read(input);
    if (!place) return point.remove();
    point.setLatLng(place).addTo(map);
    if (!map.getBounds().contains(place)) map.setView(place, Math.max(map.getZoom(), 16));
    return point;
  }

  map.on("click", ({ latlng }) => set(latlng));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== box) return;
    event.preventDefault();
    set(map.getCenter());
  });
  tools.append(button(centreWords, () => set(map.getCenter())));
  input.addEventListener("input", show);
  show();
}

function enhance(input) {
  const tools = document.createElement("div");
  tools.className = "actions";
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  status.className = "help";
  input.after(tools, status);

  function set(place) {
    input.value = written(place);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    status.textContent = input.dataset.set.replace("{point}", input.value);
  }

  if (navigator.geolocation && isSecureContext) {
    const found = ({ coords }) => set({ lat: coords.latitude, lng: coords.longitude });
    const lost = () => { status.textContent = input.dataset.lost; };
    const options = { enableHighAccuracy: true, timeout: 15_000 };
    tools.append(button(input.dataset.here, () => navigator.geolocation.getCurrentPosition(found, lost, options)));
  }
  if (input.dataset.tiles && window.L) drawMap(input, tools, set);
}

document.querySelectorAll("input[data-point]").forEach(enhance);
