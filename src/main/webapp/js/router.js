// One page, several views: the part of the address after # says which, and what it is to show.

import { el, fill } from "./dom.js";

const main = document.getElementById("main");
let views = {};
let current = null;
let shown = () => {};

/**
 * @param {Object<string, {title: string, open: (place: object) => {node: Node, reload?: Function, close?: Function}}>} table
 * @param {(name: string) => void} listener hears which view is shown
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

/** Shows what the address says; moves the focus to the new view's heading where somebody has gone there. */
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

/** Asks the server again for what is shown, and keeps what has been typed in. */
export function again() {
  if (current) current.reload?.();
  else go();
}

/** Shows nothing: nobody is signed in. */
export function leave() {
  current?.close?.();
  current = null;
  fill(main);
}

/** The address of a view that is to show something. */
export function link(name, values = {}) {
  const query = new URLSearchParams(Object.entries(values).filter(([, value]) => value));
  return "#/" + name + (query.size ? "?" + query : "");
}
