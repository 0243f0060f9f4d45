// Choices that this browser keeps. Runs before anything is shown, so that no page flashes in the wrong colours.
for (const name of ["theme", "pixels"]) {
  const value = localStorage.getItem(name);
  if (value) document.documentElement.dataset[name] = value;
}
