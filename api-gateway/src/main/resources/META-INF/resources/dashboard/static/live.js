// Keeps a page up to date. The gateway sends what has changed since its last message; a new connection begins with everything.
import { signIn } from "./api.js";
import { morph } from "./morph.js";

const SILENCE_MS = 35_000;
const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000];

function element(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

function tell(node) {
  node.dispatchEvent(new CustomEvent("renewed", { bubbles: true }));
}

/** Applies one message: {fragments: {id: html}, lists: {id: [ids of children]}}. */
export function apply({ fragments, lists }) {
  for (const [id, children] of Object.entries(lists)) {
    const list = document.getElementById(id);
    if (list === null) continue;
    const wanted = children.map((child) => document.getElementById(child) ?? element(fragments[child]));
    wanted.forEach((child, place) => {
      if (list.children[place] !== child) list.insertBefore(child, list.children[place] ?? null);
    });
    while (list.children.length > wanted.length) list.lastElementChild.remove();
    tell(list);
  }
  for (const [id, html] of Object.entries(fragments)) {
    const present = document.getElementById(id);
    if (present !== null) tell(morph(present, element(html)));
  }
}

/** Follows an address for as long as the page can be seen. */
export function followLive(address) {
  const state = document.getElementById("link-state");
  let source = null;
  let failures = 0;
  let timer = null;

  const show = (word) => {
    if (state.dataset.state === word) return;
    state.dataset.state = word;
    state.textContent = word;
  };
  const alive = () => {
    failures = 0;
    clearTimeout(timer);
    timer = setTimeout(reconnect, SILENCE_MS);
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const connect = () => {
    close();
    source = new EventSource(address);
    timer = setTimeout(reconnect, SILENCE_MS);
    source.addEventListener("open", alive);
    source.addEventListener("beat", alive);
    source.addEventListener("view", (event) => {
      alive();
      apply(JSON.parse(event.data));
      show("live");
    });
    source.addEventListener("trouble", () => {
      alive();
      show("no answer from the database");
    });
    source.addEventListener("error", reconnect);
  };
  function reconnect() {
    close();
    // The gateway ends every stream after some minutes; only a try that fails is worth a word.
    if (failures > 0) show("reconnecting");
    if (document.hidden) return;
    if (failures === 2) leaveIfSignedOut();
    timer = setTimeout(connect, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]);
  }

  // A browser opens few connections to one host: pages that nobody sees give theirs to those that somebody does.
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : connect()));
  window.addEventListener("pagehide", close);
  if (!document.hidden) connect();
}

async function leaveIfSignedOut() {
  try {
    const answer = await fetch("/v1/bundles", { method: "HEAD" });
    if (answer.status === 401) signIn();
  } catch {
    // The service does not answer; the next try to connect will tell.
  }
}
