// Selects the view from the part of the address after #, with its parameters.

import { el, fill } from "./dom.js";

const main = document.getElementById("main");
let views = {};
let current = null;
let shown = () => {};

/**
 * @param {Object<string, {title: string, open: (place: object) => {node: Node, reload?: Function, close?: Function}}>} table
 * @param {(name: string) => void} listener is called with the name of the view that is shown
 */
export function routes(table, listener) {
  views = table;
  shown = listener;
  window.addEventListener("hashchange", () => go(true));
}

function place() {
  const [name, query] = window.location.hash.replace(/^#\/?/, "").split("?", 2);
  return {
    name: Object.hasOwn(views, name) ? name : "pending",
    values: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** Shows the view of the address. If the user navigated, moves the focus to the heading of the new view. */
export function go(moved = false) {
  current?.close?.();
  const { name, values } = place();
  current = views[name].open(values);
  fill(main, el("section", { "data-view": name }, current.node));
  current.reload?.();
  shown(name);
  if (moved) {
    window.scrollTo(0, 0);
    main.querySelector("h1")?.focus();
  }
}

/** Loads the data of the view again and keeps what has been typed. */
export function reload() {
  if (current) current.reload?.();
  else go();
}

/** Closes the view and shows nothing, because the operator has signed out. */
export function close() {
  current?.close?.();
  current = null;
  fill(main);
}

/** The address of a view with parameters. */
export function link(name, values = {}) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return "#/" + name + (query.size ? "?" + query : "");
}
