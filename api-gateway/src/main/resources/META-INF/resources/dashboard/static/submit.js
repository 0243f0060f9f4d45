// Gathers photographs and settings, and submits one job for each photograph.
import { notify } from "./api.js";
import { takeFiles } from "./drop.js";
import { submit } from "./submissions.js";

const form = document.getElementById("submit");
const list = document.getElementById("chosen");
const send = document.getElementById("send");
const sent = document.getElementById("sent");
const chosen = new Map();

// --- Photographs

function take(files) {
  for (const file of files) {
    if (!["image/png", "image/jpeg"].includes(file.type)) {
      notify(`${file.name} is neither PNG nor JPEG.`, "wrong");
      continue;
    }
    const item = document.createElement("li");
    const picture = document.createElement("img");
    picture.className = "pixels";
    picture.alt = file.name;
    picture.src = URL.createObjectURL(file);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "small";
    remove.textContent = "Remove";
    remove.setAttribute("aria-label", `Remove ${file.name}`);
    remove.addEventListener("click", () => drop(item));
    item.append(picture, file.name, remove);
    list.append(item);
    chosen.set(item, file);
  }
  send.disabled = chosen.size === 0;
  send.textContent = chosen.size > 1 ? `Submit ${chosen.size} jobs` : "Submit";
}

function drop(item) {
  URL.revokeObjectURL(item.querySelector("img").src);
  item.remove();
  chosen.delete(item);
  take([]);
}

// --- Settings

const bundle = document.getElementById("bundle");
const method = document.getElementById("method");

function fitSettings() {
  for (const option of method.options) option.hidden = option.disabled = option.dataset.bundle !== bundle.value;
  if (method.selectedOptions[0]?.disabled ?? true) {
    [...method.options].find((option) => !option.disabled && option.value === "sam").selected = true;
  }
  const chosen = method.selectedOptions[0].dataset;
  const { tau, settings, optimizer, steps } = form.elements;
  document.getElementById("summary").textContent = chosen.summary;
  tau.placeholder = bundle.selectedOptions[0].dataset.tau;
  steps.placeholder = chosen.steps;
  tau.disabled = chosen.map === undefined;
  settings.disabled = chosen.measurable === undefined;
  optimizer.disabled = chosen.optimizer === undefined;
  steps.disabled = chosen.onePass !== undefined;
}

// --- Camera

const shutter = document.getElementById("shutter");
const viewfinder = document.getElementById("viewfinder");

async function openCamera() {
  if (!navigator.mediaDevices) {
    notify("Browsers only let pages use a camera over HTTPS or on this machine.", "wrong");
    return;
  }
  try {
    viewfinder.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 1280 } });
    await viewfinder.play();
    shutter.showModal();
  } catch (problem) {
    notify(`The camera cannot be used: ${problem.message}`, "wrong");
  }
}

function closeCamera() {
  viewfinder.srcObject?.getTracks().forEach((track) => track.stop());
  viewfinder.srcObject = null;
  if (shutter.open) shutter.close();
}

function takePicture() {
  const canvas = document.createElement("canvas");
  canvas.width = viewfinder.videoWidth;
  canvas.height = viewfinder.videoHeight;
  canvas.getContext("2d").drawImage(viewfinder, 0, 0);
  canvas.toBlob((blob) => take([new File([blob], "camera.png", { type: "image/png" })]), "image/png");
  closeCamera();
}

// --- Submitting

async function submitAll(event) {
  event.preventDefault();
  const settings = Object.fromEntries(new FormData(form));
  const wanted = [...chosen];
  send.disabled = true;
  let last = null;
  let done = 0;
  for (const [item, file] of wanted) {
    sent.textContent = `Sending ${done + 1} of ${wanted.length}`;
    try {
      last = await submit(file, file.name, settings);
      done++;
      drop(item);
    } catch (problem) {
      notify(`${file.name}: ${problem.message}`, "wrong");
    }
  }
  sent.textContent = "";
  send.disabled = chosen.size === 0;
  if (done === wanted.length) window.location.assign(done === 1 ? `/dashboard/jobs/${last.id}` : "/dashboard/jobs");
}

if (form) {
  takeFiles(document.getElementById("drop"), take, { paste: true });
  document.getElementById("files").addEventListener("change", (event) => {
    take([...event.target.files]);
    event.target.value = "";
  });
  document.getElementById("camera").addEventListener("click", openCamera);
  document.getElementById("take").addEventListener("click", takePicture);
  document.getElementById("close").addEventListener("click", closeCamera);
  shutter.addEventListener("close", closeCamera);
  bundle.addEventListener("change", fitSettings);
  method.addEventListener("change", fitSettings);
  form.addEventListener("submit", submitAll);
  fitSettings();
}
