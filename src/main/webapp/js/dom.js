// Creates elements. Strings become text nodes only, so that no string can become markup.

/**
 * Creates an element.
 * @param {string} tag a tag name, with classes after dots: "button.main"
 * @param {object} props attributes; functions named "on…" are listeners; null and false are omitted, true is empty
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

/** The children without null, undefined and false, with nested arrays flattened. */
function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

/** Replaces all children of a node. */
export function fill(node, ...children) {
  node.replaceChildren(...flat(children));
  return node;
}

/** A button. While an asynchronous `run` has not finished, further presses are ignored. */
export function button(label, run, { kind = "", icon = null, ...props } = {}) {
  const classes = kind ? "." + kind.split(" ").join(".") : "";
  const node = el("button.button" + classes, { type: "button", ...props }, icon, el("span", {}, label));
  node.addEventListener("click", () => once(node, run));
  return node;
}

/** Runs the action of a control unless it is running. With aria-disabled it keeps the focus, unlike with disabled. */
export async function once(control, run) {
  if (control.getAttribute("aria-disabled") === "true") return;
  control.setAttribute("aria-disabled", "true");
  try {
    await run(control);
  } finally {
    control.removeAttribute("aria-disabled");
  }
}

/** Returns a function that calls `run` once, `wait` milliseconds after the last call. */
export function debounced(run, wait = 300) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, wait);
  };
}

let ids = 0;

/** An id that is unique in the page. */
export function freshId(stem) {
  return stem + "-" + ++ids;
}
