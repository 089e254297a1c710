// What axe does not check of the page as it stands, one line a fault; the body of a function.
const faults = [];
const seen = (node) => node.checkVisibility({ checkVisibilityCSS: true }) && node.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
const short = (node) => node.outerHTML.slice(0, 90);

if (document.scrollingElement.scrollWidth > window.innerWidth)
  faults.push("wider than the window: " + document.scrollingElement.scrollWidth + " > " + window.innerWidth);

const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push("two of the id " + id);

// axe requires 24 pixels; a finger needs more.
for (const control of all("button, input:not([type=checkbox]), select, textarea, summary, label:has(input), .tabs a, a.button")) {
  if (control.closest("label") && control.matches("input")) continue;
  if (control.getBoundingClientRect().height < 43.5) faults.push("too low for a finger: " + short(control));
}
return faults;
