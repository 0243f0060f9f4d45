// The parts of a job's page that answer the hand: the wipe between two pictures, values of the loss curve, and the map.
import { showMap } from "./job-map.js";

function setUpWipes() {
  for (const wipe of document.querySelectorAll("[data-wipe]")) {
    const slider = wipe.querySelector("input");
    const cover = () => wipe.style.setProperty("--cover", `${slider.value}%`);
    if (!wipe.dataset.ready) {
      slider.addEventListener("input", cover);
      wipe.dataset.ready = "yes";
    }
    cover();
  }
}

function nearest(points, step) {
  return points.reduce((best, point) => (Math.abs(point[0] - step) < Math.abs(best[0] - step) ? point : best));
}

// Tells the step and the loss under the pointer, in the place where the last value stands.
function tellLoss(event) {
  const chart = event.target.closest("svg.chart[data-points]");
  if (!chart) return;
  const box = chart.getBoundingClientRect();
  const view = chart.viewBox.baseVal;
  const left = 44;
  const right = view.width - 8;
  const place = ((event.clientX - box.left) / box.width) * view.width;
  const step = ((place - left) / (right - left)) * (chart.dataset.steps - 1);
  const points = chart.dataset.points.split(" ").map((pair) => pair.split(":").map(Number));
  const [found, loss] = nearest(points, step);
  let title = chart.querySelector("title");
  if (title === null) {
    title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    chart.prepend(title);
  }
  title.textContent = `step ${found}: ${loss}`;
}

function setUpMap() {
  const view = document.getElementById("map-view");
  if (view && !view.dataset.shown) {
    view.dataset.shown = "yes";
    showMap(view);
  }
}

function setUp() {
  setUpWipes();
  setUpMap();
}

document.addEventListener("renewed", setUp);
document.addEventListener("pointermove", tellLoss);
setUp();
