// Makes an element like another one while keeping what can stay: focus, loaded pictures, and what scripts have set up.

// No template sets these: whether a part is unfolded is for whoever looks to say, and styles come from scripts.
const KEPT = new Set(["open", "style", "data-ready"]);

/** Elements with the attribute data-own belong to scripts: their children and their data are left alone. */
export function morph(present, wanted) {
  if (present.nodeType !== wanted.nodeType || present.nodeName !== wanted.nodeName || present.id !== wanted.id) {
    const copy = document.importNode(wanted, true);
    present.replaceWith(copy);
    return copy;
  }
  if (present.nodeType !== Node.ELEMENT_NODE) {
    if (present.nodeValue !== wanted.nodeValue) present.nodeValue = wanted.nodeValue;
    return present;
  }
  if (present.hasAttribute("data-own")) return present;
  // What a time says depends on now; times.js keeps it right.
  const same = present.nodeName === "TIME" && present.dateTime === wanted.dateTime;
  copyAttributes(present, wanted);
  if (!same) copyChildren(present, wanted);
  return present;
}

function copyAttributes(present, wanted) {
  for (const { name, value } of wanted.attributes) {
    if (present.getAttribute(name) !== value) present.setAttribute(name, value);
  }
  for (const { name } of [...present.attributes]) {
    if (!wanted.hasAttribute(name) && !KEPT.has(name)) present.removeAttribute(name);
  }
}

function copyChildren(present, wanted) {
  let next = present.firstChild;
  for (const child of wanted.childNodes) {
    if (next === null) {
      present.append(document.importNode(child, true));
    } else {
      next = morph(next, child).nextSibling;
    }
  }
  while (next !== null) {
    const last = next;
    next = next.nextSibling;
    last.remove();
  }
}
