// Requests to the service, and what is said about them.
const NOTICE_MS = 6_000;

/** Resolves to the JSON of the answer, or null if it has none; rejects with the detail of a problem as its message. */
export async function call(method, path, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("The service does not answer.");
  }
  const type = answer.headers.get("Content-Type") ?? "";
  const content = type.includes("json") ? await answer.json() : null;
  if (answer.status === 401) signIn();
  if (!answer.ok) throw new Error(content?.detail ?? `The service answered ${answer.status}.`);
  return content;
}

/** Leaves for the sign-in page, which leads back here. */
export function signIn() {
  window.location.assign(`/dashboard/sign-in?to=${encodeURIComponent(window.location.pathname)}`);
}

/** Says something for a while. @param kind "wrong" for what needs attention */
export function notify(text, kind = "done") {
  const notice = document.createElement("p");
  notice.className = `notice ${kind}`;
  notice.textContent = text;
  document.getElementById("notices").append(notice);
  setTimeout(() => notice.remove(), NOTICE_MS);
}
