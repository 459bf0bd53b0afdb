// Everything works without this; with it, drafts survive a lost connection, imports tell their progress, charts draw.

const writer = document.querySelector(".me summary")?.textContent;
const draft = (name) => `journeymark draft ${name} ${writer}`;
const stored = (form) => draft(form.dataset.draft);
const sent = new URLSearchParams(location.search).get("sent");
if (sent) sessionStorage.removeItem(draft(sent === "hours" ? "hours" : "evidence"));

for (const form of document.querySelectorAll("form[data-draft]")) {
  const fields = () => [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const kept = JSON.parse(sessionStorage.getItem(stored(form)) ?? "{}");
  const chosen = new URLSearchParams(location.search).has("item");
  for (const field of fields()) {
    if (kept[field.name] && !(chosen && field.name === "item")) field.value = kept[field.name];
  }
  form.addEventListener("input", () => {
    sessionStorage.setItem(stored(form), JSON.stringify(Object.fromEntries(fields().map((f) => [f.name, f.value]))));
  });
}

for (const job of document.querySelectorAll("[data-progress]")) {
  const source = new EventSource(job.dataset.progress);
  source.addEventListener("progress", (event) => {
    const told = JSON.parse(event.data);
    const bar = job.querySelector("progress");
    bar.max = told.total || 1;
    bar.value = told.done;
    job.querySelector(".said").textContent = told.said;
    if (told.state !== "running") {
      source.close();
      location.reload();
    }
  });
}

// on a phone a way may begin outside of what is seen of the drawing
for (const drawing of document.querySelectorAll(".map.way")) {
  const sheet = drawing.parentElement;
  const first = drawing.querySelector(".goal");
  sheet.scrollLeft = first.getBoundingClientRect().left - sheet.getBoundingClientRect().left - 48;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function draw(place) {
  place.classList.add("drawn");
  const figure = JSON.parse(place.dataset.figure);
  if (figure.layout.height) place.style.height = `${figure.layout.height}px`; // Plotly asks the page again when it is turned
  const text = { color: colour("--ink"), family: "system-ui, sans-serif", size: 13 };
  const axis = { gridcolor: colour("--line"), zerolinecolor: colour("--line"), linecolor: colour("--edge"), automargin: true };
  for (const trace of figure.data) {
    const dye = colour(trace.meta ?? "--dye");
    if (trace.line) trace.line.color = dye;
    if (trace.marker) trace.marker.color = dye;
  }
  const layout = { ...figure.layout, font: text, paper_bgcolor: "transparent", plot_bgcolor: "transparent" };
  layout.xaxis = { ...axis, ...figure.layout.xaxis };
  layout.yaxis = { ...axis, ...figure.layout.yaxis };
  const wide = matchMedia("(min-width: 700px)").matches;
  if (!wide && layout.xaxis.nticks) layout.xaxis.nticks = Math.ceil(layout.xaxis.nticks / 2);
  window.Plotly.react(place, figure.data, layout, { responsive: true, displaylogo: false, displayModeBar: wide && "hover", modeBarButtonsToRemove: ["lasso2d", "select2d"] });
  for (const drawing of place.querySelectorAll("svg.main-svg")) drawing.setAttribute("aria-hidden", "true"); // the table says it
}

// a session may end while somebody writes; only who signs out leaves nothing behind
document.querySelector('form[action="/sign-out"]')?.addEventListener("submit", () => sessionStorage.clear());

const charts = [...document.querySelectorAll(".chart")];
if (charts.length && window.Plotly) {
  charts.forEach(draw);
  for (const numbers of document.querySelectorAll(".figure details")) numbers.open = false;
  for (const query of ["(prefers-color-scheme: dark)", "print"]) {
    matchMedia(query).addEventListener("change", () => charts.forEach(draw));
  }
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("details.me[open]")?.removeAttribute("open");
});
