// Uploads a catalogue in parts. A connection that breaks costs one part; a page that was closed goes on with the same file.
import { call, notify } from "./api.js";
import { takeFiles } from "./drop.js";

const PART_BYTES = 4 << 20;
const RETRIES_MS = [500, 1_000, 2_000, 4_000, 8_000, 16_000];
const FORMATS = { zip: "zip", csv: "csv", jsonl: "jsonl", ndjson: "jsonl", txt: "urls" };

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function offset(batch) {
  const answer = await fetch(`/v1/batches/${batch}/upload`, { method: "HEAD" });
  if (!answer.ok) throw new Error(`The service answered ${answer.status}.`);
  return Number(answer.headers.get("Upload-Offset"));
}

async function put(batch, at, part) {
  const answer = await fetch(`/v1/batches/${batch}/upload`, {
    method: "PUT",
    headers: { "Upload-Offset": String(at), "Content-Type": "application/octet-stream" },
    body: part,
  });
  if (answer.ok) return Number(answer.headers.get("Upload-Offset"));
  const problem = new Error((await answer.json()).detail);
  // Another offset is asked for; anything else that is the caller's fault stays wrong.
  problem.isFinal = answer.status < 500 && answer.status !== 409 && answer.status !== 429;
  throw problem;
}

/** Sends what is missing of the file. @param progress told the bytes that are stored */
export async function upload(batch, file, progress) {
  let at = await offset(batch);
  let failures = 0;
  progress(at);
  while (at < file.size) {
    try {
      at = await put(batch, at, file.slice(at, at + PART_BYTES));
      failures = 0;
      progress(at);
    } catch (problem) {
      if (problem.isFinal || failures === RETRIES_MS.length) throw problem;
      await wait(RETRIES_MS[failures++]);
      at = await offset(batch).catch(() => at);
    }
  }
}

function formatOf(file) {
  return FORMATS[file.name.split(".").at(-1).toLowerCase()];
}

function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Uploads with a bar, and lets the service check the lines. */
async function uploadAndFinish(batch, file) {
  const bar = document.getElementById("upload-bar");
  document.getElementById("upload-progress").hidden = false;
  await upload(batch, file, (bytes) => {
    bar.value = file.size === 0 ? 1 : bytes / file.size;
    document.getElementById("upload-text").textContent = `${megabytes(bytes)} of ${megabytes(file.size)}`;
  });
  await call("POST", `/v1/batches/${batch}/finalize`);
}

function defaults(form) {
  const settings = {};
  for (const field of ["bundle", "method"]) {
    const text = form.elements[field].value.trim();
    if (text !== "") settings[field] = text;
  }
  for (const field of ["tau", "steps"]) {
    if (form.elements[field].value !== "") settings[field] = Number(form.elements[field].value);
  }
  if (form.elements.settings.value !== "") settings.settings = JSON.parse(form.elements.settings.value);
  return settings;
}

function setUpForm(form) {
  let file = null;
  const send = document.getElementById("send");
  const take = ([first]) => {
    if (!first) return;
    if (formatOf(first) === undefined) {
      notify(`${first.name} is none of .zip, .csv, .jsonl and .txt.`, "wrong");
      return;
    }
    file = first;
    document.getElementById("chosen-file").textContent = `${file.name}, ${megabytes(file.size)}`;
    send.disabled = false;
  };
  takeFiles(document.getElementById("drop"), take);
  document.getElementById("file").addEventListener("change", (event) => take(event.target.files));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    try {
      const name = form.elements.name.value.trim();
      const batch = await call("POST", "/v1/batches", {
        format: formatOf(file),
        name: name === "" ? file.name : name,
        onError: form.elements.onError.value,
        defaults: defaults(form),
      });
      // From here on the batch has a page, where a broken upload can be resumed.
      history.replaceState(null, "", `/dashboard/batches/${batch.id}`);
      await uploadAndFinish(batch.id, file);
      window.location.assign(`/dashboard/batches/${batch.id}`);
    } catch (problem) {
      notify(problem.message, "wrong");
      send.disabled = false;
    }
  });
}

function setUpResume(resume) {
  document.getElementById("file").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    try {
      await uploadAndFinish(resume.dataset.batch, file);
      window.location.reload();
    } catch (problem) {
      notify(problem.message, "wrong");
    }
  });
}

const form = document.getElementById("batch");
if (form) setUpForm(form);
const resume = document.getElementById("resume");
if (resume) setUpResume(resume);
