// The invertibility map of an inversion, which can be coloured again at any threshold without asking the service.
import { call } from "./api.js";

/** Resolves to the map's JSON with `labels` as the segment of each pixel, row by row. */
export async function loadMap(job) {
  const map = await call("GET", `/v1/inversions/${job}/map`);
  return { ...map, labels: await labels(map.labels, map.width, map.height) };
}

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
export function spaceOf(map, segment, tau) {
  return map.spaces.find((space) => segment.errors[space] <= tau) ?? map.spaces.at(-1);
}

/** Colours a canvas of the map's size. Returns the share of each space, 0 to 1. */
export function colour(canvas, map, tau) {
  const rgb = {};
  for (const space of map.spaces) {
    rgb[space] = [1, 3, 5].map((at) => parseInt(map.colours[space].slice(at, at + 2), 16));
  }
  const spaces = new Map(map.segments.map((segment) => [segment.segment, spaceOf(map, segment, tau)]));
  canvas.width = map.width;
  canvas.height = map.height;
  const context = canvas.getContext("2d");
  const image = context.createImageData(map.width, map.height);
  const shares = Object.fromEntries(map.spaces.map((space) => [space, 0]));
  map.labels.forEach((label, i) => {
    const space = spaces.get(label);
    shares[space] += 1 / map.labels.length;
    image.data.set(rgb[space], 4 * i);
    image.data[4 * i + 3] = 255;
  });
  context.putImageData(image, 0, 0);
  return shares;
}

/** The segment under a pointer event on an element that shows the map, or undefined. */
export function segmentAt(event, map) {
  const box = event.currentTarget.getBoundingClientRect();
  const x = Math.floor(((event.clientX - box.left) / box.width) * map.width);
  const y = Math.floor(((event.clientY - box.top) / box.height) * map.height);
  const label = map.labels[y * map.width + x];
  return map.segments.find((segment) => segment.segment === label);
}
