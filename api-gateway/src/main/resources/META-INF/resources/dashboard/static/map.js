// The invertibility map over the photograph: spaces in the paper's colours, and the errors of the segment one points at.
import { call } from "./api.js";

function make(tag, properties = {}, children = []) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function swatch(colour) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("aria-hidden", "true");
  const square = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  square.setAttribute("width", "12");
  square.setAttribute("height", "12");
  square.setAttribute("rx", "2");
  square.setAttribute("fill", colour);
  svg.append(square);
  return svg;
}

const rgb = (colour) => [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
const bySpace = (a, b) => Number(a.replace(/\D/g, "")) - Number(b.replace(/\D/g, ""));

/** Labels of segments, one per pixel: each is red * 65536 + green * 256 + blue. */
async function readLabels(address, width, height) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = make("canvas", { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  return Int32Array.from({ length: width * height }, (_, i) => (data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2]);
}

function paint(canvas, map, labels, chosen) {
  const colourOf = new Map(map.segments.map((segment) => [segment.segment, rgb(map.colours[segment.space])]));
  const image = new ImageData(map.width, map.height);
  labels.forEach((label, i) => {
    const [red, green, blue] = colourOf.get(label) ?? [0, 0, 0];
    image.data.set([red, green, blue, chosen === null || chosen === label ? 255 : 90], 4 * i);
  });
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function describe(segment, tau) {
  const errors = Object.entries(segment.errors)
    .sort(([a], [b]) => bySpace(a, b))
    .map(([space, error]) => `${space} ${error.toFixed(3)}${error <= tau ? " ✓" : ""}`);
  return `Segment ${segment.segment}, ${segment.pixels} pixels: ${segment.space}. Errors: ${errors.join(", ")} (τ ${tau}).`;
}

function table(map, choose) {
  const spaces = Object.keys(map.colours).sort(bySpace);
  const head = make("tr", {}, ["segment", "pixels", "space", ...spaces].map((text) => make("th", { scope: "col", textContent: text })));
  const rows = map.segments.map((segment) => {
    const row = make("tr", { tabIndex: 0 }, [
      make("td", { textContent: segment.segment }),
      make("td", { textContent: segment.pixels, className: "number" }),
      make("td", {}, [swatch(map.colours[segment.space]), ` ${segment.space}`]),
      ...spaces.map((space) => make("td", { textContent: segment.errors[space].toFixed(3), className: "number" })),
    ]);
    row.addEventListener("focus", () => choose(segment));
    row.addEventListener("pointerenter", () => choose(segment));
    return row;
  });
  const frame = make("div", { className: "table" }, [make("table", {}, [make("thead", {}, [head]), make("tbody", {}, rows)])]);
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "Errors of all segments");
  return frame;
}

/** Fills an element with data-map (address of the map), data-errors (of predicted maps), and data-picture. */
export async function showMap(view) {
  let map;
  let labels;
  try {
    map = await call("GET", view.dataset.map);
    labels = await readLabels(`${view.dataset.map}/segments`, map.width, map.height);
  } catch (problem) {
    view.replaceChildren(make("p", { className: "wrong", textContent: problem.message }));
    return;
  }
  const segments = new Map(map.segments.map((segment) => [segment.segment, segment]));
  const canvas = make("canvas", { width: map.width, height: map.height, className: "pixels" });
  const readout = make("p", { className: "map-readout hint", textContent: "Point at a segment to see its errors." });
  readout.setAttribute("aria-live", "polite");
  const opacity = make("input", { type: "range", min: 0, max: 100, value: 55 });
  const choose = (segment) => {
    paint(canvas, map, labels, segment?.segment ?? null);
    readout.textContent = segment ? describe(segment, map.tau) : "Point at a segment to see its errors.";
  };
  const fade = () => { canvas.style.opacity = opacity.value / 100; };
  opacity.addEventListener("input", fade);
  canvas.addEventListener("pointermove", (event) => {
    const box = canvas.getBoundingClientRect();
    const x = Math.min(map.width - 1, Math.floor(((event.clientX - box.left) / box.width) * map.width));
    const y = Math.min(map.height - 1, Math.floor(((event.clientY - box.top) / box.height) * map.height));
    choose(segments.get(labels[y * map.width + x]));
  });
  canvas.addEventListener("pointerleave", () => choose(null));
  const spaces = Object.keys(map.colours).sort(bySpace);
  view.replaceChildren(
    make("div", { className: "map-stage" }, [make("img", { src: view.dataset.picture, className: "pixels", alt: "Input under the map" }), canvas]),
    make("div", { className: "map-controls" }, [make("label", {}, ["opacity ", opacity])]),
    make("ul", { className: "map-legend" }, spaces.map((space) =>
      make("li", {}, [swatch(map.colours[space]), `${space} ${(100 * (map.shares[space] ?? 0)).toFixed(1)} %`]))),
    readout,
    make("details", {}, [make("summary", { textContent: "Predicted error of every space" }),
      make("ul", { className: "error-maps" }, spaces.map((space) => make("li", {}, [
        make("img", { src: view.dataset.errors + encodeURIComponent(space), className: "pixels", alt: `Predicted error in ${space}`, loading: "lazy" }),
        space]))),
      make("p", { className: "hint", textContent: "Dark where the space reconstructs well, bright where it does not; one scale for all." })]),
    make("details", {}, [make("summary", { textContent: `All ${map.segments.length} segments` }), table(map, choose)]),
  );
  fade();
  choose(null);
}
