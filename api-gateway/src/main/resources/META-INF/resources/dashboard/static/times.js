// Times relative to now, with the exact time as title.
const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60], ["second", 1]];
const WORDS = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "narrow" });

/** Such as "5 min. ago" or "in 2 hr.". */
export function relative(then, now = Date.now()) {
  const seconds = Math.round((then - now) / 1000);
  if (Math.abs(seconds) < 2) return "now";
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  return WORDS.format(Math.trunc(seconds / size), unit);
}

export function tellTimes(root) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const text = relative(Date.parse(time.dateTime));
    if (time.textContent !== text) time.textContent = text;
  }
}
