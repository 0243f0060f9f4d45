// The invertibility map of an inversion, which can be coloured again at any threshold without asking the service.
import { call } from "./api.js";

const FADED = 90;

/** Resolves to the JSON of the map at an address, with `labels` as the segment of each pixel, row by row. */
export async function loadMap(address) {
  const map = await call("GET", address);
  return { ...map, labels: await labels(map.labels, map.width, map.height) };
}

/** Each label is red * 65536 + green * 256 + blue. */
async function labels(address, width, height) {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  const pixels = context.getImageData(0, 0, width, height).data;
  return Int32Array.from({ length: width * height }, (_, i) =>
    (pixels[4 * i] << 16) | (pixels[4 * i + 1] << 8) | pixels[4 * i + 2]);
}

/** The most editable space whose error in the segment is at most tau, or the last: as InvertibilityMap.refine chooses. */
function spaceOf(map, segment, tau) {
  return map.spaces.find((space) => segment.errors[space] <= tau) ?? map.spaces.at(-1);
}

/** Part of the picture that each space gets at a threshold, 0 to 1. */
export function sharesAt(map, tau) {
  const shares = Object.fromEntries(map.spaces.map((space) => [space, 0]));
  for (const segment of map.segments) shares[spaceOf(map, segment, tau)] += segment.pixels / map.labels.length;
  return shares;
}

/** Colours a canvas by the space of each segment. @param chosen a segment that stands out, or null */
export function paint(canvas, map, tau, chosen = null) {
  const pixelOf = new Map(map.segments.map((segment) => {
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(map.colours[spaceOf(map, segment, tau)].slice(at, at + 2), 16));
    return [segment.segment, [red, green, blue, chosen === null || chosen === segment ? 255 : FADED]];
  }));
  const image = new ImageData(map.width, map.height);
  map.labels.forEach((label, i) => image.data.set(pixelOf.get(label), 4 * i));
  canvas.width = map.width;
  canvas.height = map.height;
  canvas.getContext("2d").putImageData(image, 0, 0);
}

/** The segment under a pointer event on an element that shows the map. */
export function segmentAt(event, map) {
  const box = event.currentTarget.getBoundingClientRect();
  const x = Math.min(map.width - 1, Math.floor(((event.clientX - box.left) / box.width) * map.width));
  const y = Math.min(map.height - 1, Math.floor(((event.clientY - box.top) / box.height) * map.height));
  const label = map.labels[y * map.width + x];
  return map.segments.find((segment) => segment.segment === label);
}

/** What a segment gets at a threshold, and why. */
export function describe(map, segment, tau) {
  const errors = map.spaces.map((space) => `${space} ${segment.errors[space].toFixed(3)}${segment.errors[space] <= tau ? " ✓" : ""}`);
  return `Segment ${segment.segment}, ${segment.pixels} pixels: ${spaceOf(map, segment, tau)}. Errors: ${errors.join(", ")} (τ ${tau}).`;
}
