// The invertibility map over the photograph: spaces in the paper's colours, and the errors of the segment one points at.
import { describe, loadMap, paint, segmentAt } from "./invertibility.js";

const INVITATION = "Point at a segment to see its errors.";

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

function table(map, choose) {
  const head = make("tr", {}, ["segment", "pixels", "space", ...map.spaces].map((text) => make("th", { scope: "col", textContent: text })));
  const rows = map.segments.map((segment) => {
    const row = make("tr", { tabIndex: 0 }, [
      make("td", { textContent: segment.segment }),
      make("td", { textContent: segment.pixels, className: "number" }),
      make("td", {}, [swatch(map.colours[segment.space]), ` ${segment.space}`]),
      ...map.spaces.map((space) => make("td", { textContent: segment.errors[space].toFixed(3), className: "number" })),
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
  try {
    map = await loadMap(view.dataset.map);
  } catch (problem) {
    view.replaceChildren(make("p", { className: "wrong", textContent: problem.message }));
    return;
  }
  const canvas = make("canvas", { className: "pixels" });
  const readout = make("p", { className: "map-readout hint" });
  readout.setAttribute("aria-live", "polite");
  const opacity = make("input", { type: "range", min: 0, max: 100, value: 55 });
  const choose = (segment) => {
    paint(canvas, map, map.tau, segment);
    readout.textContent = segment ? describe(map, segment, map.tau) : INVITATION;
  };
  const fade = () => { canvas.style.opacity = opacity.value / 100; };
  opacity.addEventListener("input", fade);
  canvas.addEventListener("pointermove", (event) => choose(segmentAt(event, map)));
  canvas.addEventListener("pointerleave", () => choose(null));
  view.replaceChildren(
    make("div", { className: "map-stage" }, [make("img", { src: view.dataset.picture, className: "pixels", alt: "Input under the map" }), canvas]),
    make("div", { className: "map-controls" }, [make("label", {}, ["opacity ", opacity])]),
    make("ul", { className: "map-legend" }, map.spaces.map((space) =>
      make("li", {}, [swatch(map.colours[space]), `${space} ${(100 * (map.shares[space] ?? 0)).toFixed(1)} %`]))),
    readout,
    make("details", {}, [make("summary", { textContent: "Error of every space" }),
      make("ul", { className: "error-maps" }, map.spaces.map((space) => make("li", {}, [
        make("img", { src: view.dataset.errors + encodeURIComponent(space), className: "pixels", alt: `Error in ${space}`, loading: "lazy" }),
        space]))),
      make("p", { className: "hint", textContent: "Dark where the space reconstructs well, bright where it does not; one scale for all." })]),
    make("details", {}, [make("summary", { textContent: `All ${map.segments.length} segments` }), table(map, choose)]),
  );
  fade();
  choose(null);
}
