// Inverts the photograph of this page with further settings; the grid shows them when they are done.
import { notify } from "./api.js";
import { submit } from "./submissions.js";

const form = document.getElementById("more");

function settings() {
  const given = new FormData(form);
  const taus = given.get("taus").split(/[\s;]+/).filter((tau) => tau !== "");
  return [...form.querySelectorAll("[name=method]:checked")].flatMap(({ value: method, dataset }) => {
    const wanted = { bundle: form.dataset.bundle, method };
    if (dataset.onePass === undefined) wanted.steps = given.get("steps");
    if (dataset.measurable !== undefined) wanted.settings = given.get("settings");
    return dataset.map !== undefined && taus.length > 0 ? taus.map((tau) => ({ ...wanted, tau })) : [wanted];
  });
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wanted = settings();
  if (wanted.length === 0) {
    notify("Choose at least one method.", "wrong");
    return;
  }
  try {
    const photograph = await (await fetch(form.dataset.input)).blob();
    for (const each of wanted) await submit(photograph, "photograph", each);
    document.getElementById("asked").textContent =
      `${wanted.length} inversion${wanted.length === 1 ? " is" : "s are"} on the way; they appear above as they succeed.`;
  } catch (problem) {
    notify(problem.message, "wrong");
  }
});
