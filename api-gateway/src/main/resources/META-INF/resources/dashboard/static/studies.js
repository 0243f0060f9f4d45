// Begins studies, and leaves the page of one that was deleted.
import { call, notify } from "./api.js";

function contender({ dataset }) {
  return {
    method: dataset.method,
    tau: Number(dataset.tau),
    steps: Number(dataset.steps),
    settings: JSON.parse(dataset.settings),
  };
}

document.getElementById("begin")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const [first, second] = [form.first, form.second].map((select) => select.selectedOptions[0]);
  const wanted = {
    bundle: first.dataset.bundle,
    first: contender(first),
    second: contender(second),
    shown: form.shown.value,
    votesPerPair: Number(form.votesPerPair.value),
  };
  for (const field of ["name", "question"]) {
    const text = form.elements[field].value.trim();
    if (text !== "") wanted[field] = text;
  }
  const photographs = new FormData(form).getAll("photograph");
  if (photographs.length > 0) wanted.photographs = photographs;
  try {
    const study = await call("POST", "/v1/studies", wanted);
    window.location.assign(`/dashboard/studies/${study.id}`);
  } catch (problem) {
    notify(problem.message, "wrong");
  }
});

document.getElementById("delete")?.addEventListener("called", () => window.location.assign("/dashboard/studies"));
