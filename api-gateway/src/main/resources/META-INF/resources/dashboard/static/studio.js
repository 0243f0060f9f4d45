// The edit studio: sliders move, a worker renders, the picture follows; the latest position wins.
import { call, notify } from "./api.js";
import { describe, loadMap, paint, segmentAt, sharesAt } from "./invertibility.js";
import { fitCommand, fitCurl } from "./recipes.js";

const studio = document.getElementById("studio");
const job = studio.dataset.job;
const edits = `/v1/inversions/${job}/edits`;
const picture = document.getElementById("edited");
const took = document.getElementById("took");
const sliders = [...studio.querySelectorAll(".direction")];

// --- What the sliders say

function layersOf(slider) {
  const [start, end] = ["start", "end"].map((name) => slider.querySelector(`[data-layer="${name}"]`));
  return [Number(start.value), Number(end.value)];
}

function isWhole(slider, [start, end]) {
  return start === 0 && end === Number(slider.dataset.styles);
}

/** Parts of the edit as the service takes them; directions at 0 are left out, and so are layers that are all layers. */
function parts() {
  return sliders
    .map((slider) => {
      const part = { direction: slider.dataset.direction, strength: Number(slider.querySelector("[data-strength]").value) };
      const layers = layersOf(slider);
      return isWhole(slider, layers) ? part : { ...part, layers };
    })
    .filter((part) => part.strength !== 0);
}

function setStrength(slider, value) {
  slider.querySelector("[data-strength]").value = value;
  slider.querySelector('input[type="range"]').value = value;
}

function show(wanted) {
  for (const slider of sliders) {
    const part = wanted.find((each) => each.direction === slider.dataset.direction);
    setStrength(slider, part?.strength ?? 0);
    const [start, end] = part?.layers ?? [0, slider.dataset.styles];
    slider.querySelector('[data-layer="start"]').value = start;
    slider.querySelector('[data-layer="end"]').value = end;
  }
  changed();
}

// --- The picture

let wanted = null;
let busy = false;

function changed() {
  tellRecipes();
  wanted = { parts: parts(), since: performance.now() };
  if (!busy) renderLatest();
}

async function renderLatest() {
  busy = true;
  while (wanted !== null) {
    const { parts: asked, since } = wanted;
    wanted = null;
    try {
      const address = asked.length === 0 ? studio.dataset.reconstruction : await render(asked);
      await showPicture(address);
      tellTime(performance.now() - since);
    } catch (problem) {
      notify(problem.message, "wrong");
    }
  }
  busy = false;
}

async function render(asked) {
  const answer = await fetch(edits, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "image/png, application/json;q=0.5" },
    body: JSON.stringify({ edits: asked, preview: true }),
  });
  if (!answer.ok) throw new Error((await answer.json()).detail);
  if (answer.status === 202) throw new Error("No worker has rendered the edit in time. Is one running?");
  return URL.createObjectURL(await answer.blob());
}

async function showPicture(address) {
  const next = new Image();
  next.src = address;
  await next.decode();
  if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src);
  picture.src = address;
  await picture.decode();
  // Resolved when the browser is about to show it.
  await new Promise(requestAnimationFrame);
}

function tellTime(ms) {
  took.textContent = `${Math.round(ms)} ms from the slider to the picture`;
  took.dataset.ms = ms.toFixed(1);
  took.dataset.renderings = Number(took.dataset.renderings ?? 0) + 1;
}

// --- Saving, and doing the same elsewhere

function tellRecipes() {
  const asked = parts();
  document.getElementById("curl").textContent = fitCurl(studio.dataset, asked);
  document.getElementById("command").textContent = fitCommand(studio.dataset, asked);
  document.getElementById("save").disabled = asked.length === 0;
}

async function save() {
  const asked = parts();
  const saved = await call("POST", edits, { edits: asked });
  if (saved.state !== "DONE") throw new Error(saved.failure?.detail ?? "It is still being rendered; load the page again later.");
  const item = document.getElementById("saved-template").content.firstElementChild.cloneNode(true);
  item.dataset.edits = JSON.stringify(asked);
  item.querySelector("img").src = saved.picture;
  item.querySelector("a").href = saved.picture;
  item.querySelector("a").textContent = saved.picture.split("/").at(-1);
  item.querySelector(".what").textContent = asked.map((part) => `${part.direction} ${part.strength}`).join(", ");
  document.getElementById("saved").prepend(item);
  document.getElementById("none-saved").hidden = true;
  notify(`Saved as ${saved.picture.split("/").at(-1)}.`);
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy).textContent;
  try {
    await navigator.clipboard.writeText(text);
    notify("Copied.");
  } catch {
    // Browsers only let pages copy over HTTPS or on this machine.
    getSelection().selectAllChildren(document.getElementById(button.dataset.copy));
    notify("Selected: copy it with the keyboard.");
  }
}

// --- The threshold

async function setUpThreshold(section) {
  const map = await loadMap(`/v1/inversions/${job}/map`);
  const canvas = document.getElementById("map");
  const slider = document.getElementById("tau");
  const readout = document.getElementById("segment");
  const legend = document.getElementById("legend");
  const recolour = () => {
    const tau = Number(slider.value);
    const shares = sharesAt(map, tau);
    paint(canvas, map, tau);
    document.getElementById("tau-value").textContent = tau.toFixed(2);
    legend.querySelectorAll("li").forEach((item) => {
      item.querySelector(".share").textContent = `${(100 * shares[item.dataset.space]).toFixed(1)} %`;
    });
    document.getElementById("invert").disabled = tau === Number(section.dataset.tau);
  };
  slider.addEventListener("input", recolour);
  canvas.addEventListener("pointermove", (event) => {
    readout.textContent = describe(map, segmentAt(event, map), Number(slider.value));
  });
  const opacity = document.getElementById("opacity");
  const fade = () => { canvas.style.opacity = opacity.value / 100; };
  opacity.addEventListener("input", fade);
  document.getElementById("invert").addEventListener("click", () => attempt(async () => {
    const fresh = await call("POST", `/v1/inversions/${job}/with-tau`, { tau: Number(slider.value) });
    window.location.assign(`/dashboard/jobs/${fresh.id}`);
  }));
  fade();
  recolour();
  section.dataset.ready = "true";
}

async function attempt(work) {
  try {
    await work();
  } catch (problem) {
    notify(problem.message, "wrong");
  }
}

for (const slider of sliders) {
  const range = slider.querySelector('input[type="range"]');
  const number = slider.querySelector("[data-strength]");
  range.addEventListener("input", () => { number.value = range.value; changed(); });
  number.addEventListener("input", () => { range.value = number.value; changed(); });
  slider.querySelectorAll("[data-layer]").forEach((input) => input.addEventListener("change", changed));
}
document.getElementById("reset").addEventListener("click", () => show([]));
document.getElementById("save").addEventListener("click", () => attempt(save));
studio.querySelectorAll("[data-copy]").forEach((button) => button.addEventListener("click", () => copy(button)));
document.getElementById("saved").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) show(JSON.parse(button.closest("li").dataset.edits));
});
const threshold = document.getElementById("threshold");
if (threshold) attempt(() => setUpThreshold(threshold));
tellRecipes();
