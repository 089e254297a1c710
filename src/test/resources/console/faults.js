// What is wrong with the page as it stands, one line a fault; the body of a function.
const faults = [];
const seen = (node) => node.checkVisibility({ checkVisibilityCSS: true }) && node.getClientRects().length > 0;
const all = (selector) => [...document.querySelectorAll(selector)].filter(seen);
const short = (node) => node.outerHTML.slice(0, 90);

if (!document.documentElement.lang) faults.push("no language");
if (all("h1").length !== 1) faults.push(all("h1").length + " headings of the first level");
if (all("main").length > 1) faults.push("several mains");
if (document.scrollingElement.scrollWidth > window.innerWidth)
  faults.push("wider than the window: " + document.scrollingElement.scrollWidth + " > " + window.innerWidth);

const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) faults.push("two of the id " + id);
for (const node of document.querySelectorAll("[aria-labelledby], [aria-describedby], [aria-controls]"))
  for (const name of ["aria-labelledby", "aria-describedby", "aria-controls"])
    for (const id of (node.getAttribute(name) || "").split(" ").filter(Boolean))
      if (!document.getElementById(id)) faults.push(name + " leads nowhere: " + id);

for (const field of all("input, select, textarea"))
  if (!field.labels.length && !field.ariaLabel) faults.push("no label: " + short(field));
for (const control of all("button, a[href], summary"))
  if (!(control.ariaLabel || control.textContent.trim())) faults.push("no name: " + short(control));
for (const image of document.querySelectorAll("img")) if (!image.hasAttribute("alt")) faults.push("no alt: " + short(image));

for (const control of all("button, input:not([type=checkbox]), select, textarea, summary, label:has(input), .tabs a, a.button")) {
  if (control.closest("label") && control.matches("input")) continue;
  if (control.getBoundingClientRect().height < 43.5) faults.push("too low for a finger: " + short(control));
}

// Contrast of text (WCAG 2.2, 1.4.3: 4.5 to 1), against the first background behind it that is opaque.
const channel = (value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
const light = (colour) => {
  const [r, g, b] = numbers(colour);
  return 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
};
const behind = (node) => {
  for (let at = node; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if ((numbers(colour)[3] ?? 1) === 1) return colour;
  }
  return getComputedStyle(document.body).backgroundColor;
};
const said = new Set();
for (const node of all("body *")) {
  const own = [...node.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim());
  if (!own || node.closest(".unseen, .skip, :disabled, [aria-disabled]")) continue;
  const [one, other] = [light(getComputedStyle(node).color), light(behind(node))];
  const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  const key = getComputedStyle(node).color + behind(node);
  if (ratio < 4.5 && !said.has(key)) faults.push("contrast " + ratio.toFixed(2) + ": " + short(node));
  said.add(key);
}
return faults;
