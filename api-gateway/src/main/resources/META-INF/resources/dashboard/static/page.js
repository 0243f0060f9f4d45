// What every page does.
import { call, notify } from "./api.js";
import { followLive } from "./live.js";
import { tellTimes } from "./times.js";

const REFRESH_TIMES_MS = 5_000;

function setUpChoice(button) {
  const name = button.dataset.choice;
  const values = button.dataset.values.split(" ");
  const show = () => {
    button.textContent = `${name}: ${document.documentElement.dataset[name] ?? values[0]}`;
  };
  button.addEventListener("click", () => {
    const present = document.documentElement.dataset[name] ?? values[0];
    const next = values[(values.indexOf(present) + 1) % values.length];
    document.documentElement.dataset[name] = next;
    localStorage.setItem(name, next);
    show();
  });
  show();
}

// A button with data-call="POST /v1/..." makes that request. data-confirm asks first; data-done says what was done; data-open goes to
// the page of what the answer names.
async function makeCall(button) {
  if (button.dataset.confirm && !window.confirm(button.dataset.confirm)) return;
  const [method, path] = button.dataset.call.split(" ");
  button.disabled = true;
  try {
    const answer = await call(method, path);
    notify(button.dataset.done ?? "Done.");
    button.dispatchEvent(new CustomEvent("called", { bubbles: true, detail: answer }));
    if (button.dataset.open) window.location.assign(button.dataset.open + answer.id);
  } catch (problem) {
    notify(problem.message, "wrong");
  } finally {
    button.disabled = false;
  }
}

document.querySelectorAll("button[data-choice]").forEach(setUpChoice);
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-call]");
  if (button) makeCall(button);
});
tellTimes(document);
setInterval(() => tellTimes(document), REFRESH_TIMES_MS);
document.addEventListener("renewed", (event) => tellTimes(event.target));
if (document.body.dataset.live) followLive(document.body.dataset.live);
