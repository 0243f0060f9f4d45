// Shows a rater one pair after the other. The page never learns which method is on which side.
import { call, notify } from "./api.js";

const ballot = document.getElementById("ballot");
const study = `/v1/studies/${ballot.dataset.study}`;
const buttons = [...ballot.querySelectorAll("button[data-side]")];
let rater = "";
let pair = null;

async function showNext() {
  pair = null;
  const next = await call("GET", `${study}/next?rater=${encodeURIComponent(rater)}`);
  document.getElementById("who").hidden = true;
  ballot.hidden = next === null;
  document.getElementById("done").hidden = next !== null;
  if (next === null) return;
  await Promise.all([
    load(document.getElementById("photograph"), next.photograph),
    ...buttons.map((button) => load(button.querySelector("img"), next[button.dataset.side])),
  ]);
  document.getElementById("progress").textContent = `Pair ${next.given + 1} of ${next.given + next.remaining}`;
  pair = next.pair;
  buttons.forEach((button) => { button.disabled = false; });
}

// Both pictures appear at once: one that came first would look better.
async function load(image, address) {
  image.src = address;
  await image.decode();
}

async function choose(side) {
  if (pair === null) return;
  const voted = { rater, pair, chosen: side };
  pair = null;
  buttons.forEach((button) => { button.disabled = true; });
  try {
    await call("POST", `${study}/votes`, voted);
    await showNext();
  } catch (problem) {
    notify(problem.message, "wrong");
    pair = voted.pair;
    buttons.forEach((button) => { button.disabled = false; });
  }
}

document.getElementById("start").addEventListener("submit", async (event) => {
  event.preventDefault();
  rater = document.getElementById("rater").value.trim();
  try {
    await showNext();
  } catch (problem) {
    notify(problem.message, "wrong");
  }
});
buttons.forEach((button) => button.addEventListener("click", () => choose(button.dataset.side)));
document.addEventListener("keydown", (event) => {
  if (ballot.hidden || event.repeat) return;
  if (event.key === "ArrowLeft") choose("left");
  if (event.key === "ArrowRight") choose("right");
});
