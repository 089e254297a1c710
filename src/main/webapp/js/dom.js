// Makes elements. Text only ever becomes text nodes: there is no way from a string to markup here.

/**
 * Makes an element.
 * @param {string} tag a tag name, with classes after dots: "button.main"
 * @param {object} props attributes; functions under "on…" are listeners; null and false are left out, true is empty
 * @param {...(Node|string|null|false|Array)} children
 */
export function el(tag, props = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.classList.add(...classes);
  for (const [key, value] of Object.entries(props)) {
    if (typeof value === "function") node.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...flat(children));
  return node;
}

/** The children that are there, lists laid open. */
function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Puts these children, and nothing else, into a node. */
export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

/** A button; `run` may be asynchronous, and a second press before it has ended does nothing. */
export function button(label, run, { kind = "", icon = null, ...props } = {}) {
  const classes = kind ? "." + kind.split(" ").join(".") : "";
  const node = el("button.button" + classes, { type: "button", ...props }, icon, el("span", {}, label));
  node.addEventListener("click", () => once(node, run));
  return node;
}

/** Runs what a control stands for, unless it runs already. It keeps the focus meanwhile. */
export async function once(control, run) {
  if (control.getAttribute("aria-disabled") === "true") return;
  control.setAttribute("aria-disabled", "true");
  try {
    await run(control);
  } finally {
    control.removeAttribute("aria-disabled");
  }
}

/** Calls `run` when nobody has asked again for so many milliseconds. */
export function debounced(run, wait = 300) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
}

let ids = 0;

/** An id that no other element of the page has. */
export function freshId(stem) {
  return stem + "-" + ++ids;
}
