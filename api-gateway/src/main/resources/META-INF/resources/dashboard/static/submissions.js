// Sends photographs to be inverted.

/** Resolves to the new inversion's JSON. @param settings fields of the form that are not empty */
export async function submit(photograph, name, settings) {
  const form = new FormData();
  for (const [field, value] of Object.entries(settings)) {
    if (value !== "" && value !== null && value !== undefined) form.set(field, value);
  }
  form.set("image", photograph, name);
  const answer = await fetch("/v1/inversions", { method: "POST", body: form, headers: { Accept: "application/json" } });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.detail);
  return content;
}
