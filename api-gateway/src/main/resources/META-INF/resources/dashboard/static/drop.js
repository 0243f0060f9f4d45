// Files that are dropped on an element, or pasted anywhere on the page.

/** Calls `take` with an array of files. @param paste whether pasted files count too */
export function takeFiles(zone, take, { paste = false } = {}) {
  // A file that misses the zone would otherwise replace the page.
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  let inside = 0;
  zone.addEventListener("dragenter", () => { inside++; zone.classList.add("over"); });
  zone.addEventListener("dragleave", () => { if (--inside === 0) zone.classList.remove("over"); });
  zone.addEventListener("drop", (event) => {
    inside = 0;
    zone.classList.remove("over");
    take([...event.dataTransfer.files]);
  });
  if (paste) {
    document.addEventListener("paste", (event) => {
      if (event.clipboardData.files.length > 0) take([...event.clipboardData.files]);
    });
  }
}
