// A list that comes in pages, by the server's cursors.

import { button, el, fill } from "./dom.js";
import { faultNote } from "./components.js";
import { steady } from "./tap-guard.js";

/**
 * Makes a list; `reload` asks again for what is shown, `start` for the first page of something else.
 * @param {(cursor: string|undefined) => Promise<{items: object[], next?: string}>} load
 * @param {(item: object) => HTMLElement} row an <li>
 * @param {() => Node} empty what stands there when there is nothing
 * @param {string} label what the list is, for screen readers
 */
export function pages({ load, row, empty, label }) {
  const list = el("ul.list.tight", { "aria-label": label });
  const moved = steady(list);
  const foot = el("div.more", {});
  const node = el("div", { "aria-busy": "true" }, el("p.quiet", {}, "Loading…"));
  let turn = 0;
  let depth = 1;
  let shown = null;

  function start() {
    depth = 1;
    shown = null;
    return reload();
  }

  async function reload() {
    const mine = ++turn;
    node.setAttribute("aria-busy", "true");
    try {
      const all = await together();
      if (mine === turn) show(all);
    } catch (error) {
      if (mine !== turn) return;
      shown = null;
      fill(node, faultNote(error, button("Try again", reload)));
    } finally {
      if (mine === turn) node.setAttribute("aria-busy", "false");
    }
  }

  /** As many pages as have been looked at. */
  async function together() {
    const all = { items: [], next: undefined };
    for (let i = 0; i < depth && (i === 0 || all.next); i++) {
      const page = await load(all.next);
      all.items.push(...page.items);
      all.next = page.next;
    }
    return all;
  }

  function show(all) {
    const told = JSON.stringify(all);
    // Rows that say the same stay, and with them the focus and what has been opened.
    if (told === shown) return;
    shown = told;
    const focused = [...list.children].findIndex((one) => one.contains(document.activeElement));
    if (list.isConnected) moved();
    fill(list, all.items.map(row));
    fill(node, all.items.length ? list : empty(), foot);
    offer(all.next);
    if (focused >= 0) focus(list.children[Math.min(focused, all.items.length - 1)]);
  }

  /** The row that had the focus is another one now, or none: the focus stays where it was on the page. */
  function focus(place) {
    const target = place || document.querySelector("main h1");
    target.setAttribute("tabindex", "-1");
    target.focus();
  }

  function offer(next) {
    fill(foot, next && button("Show more", () => more(next)));
  }

  async function more(next) {
    const mine = turn;
    try {
      const page = await load(next);
      if (mine !== turn) return;
      depth++;
      shown = null;
      const rows = page.items.map(row);
      list.append(...rows);
      offer(page.next);
      focus(rows[0]);
    } catch (error) {
      if (mine !== turn) return;
      const again = button("Try again", () => more(next));
      fill(foot, faultNote(error, again));
    }
  }

  return { node, reload, start };
}
