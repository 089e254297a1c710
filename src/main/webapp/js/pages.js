// A list that comes in pages, by the server's cursors.

import { button, el, fill } from "./dom.js";
import { faultNote } from "./parts.js";
import { steady } from "./steady.js";

/**
 * @param {(cursor: string|undefined) => Promise<{items: object[], next?: string}>} load
 * @param {(item: object) => HTMLElement} row an <li>
 * @param {() => Node} empty what stands there when there is nothing
 * @param {string} label what the list is, for screen readers
 */
export function pages({ load, row, empty, label, tight = true }) {
  const list = el("ul.list" + (tight ? ".tight" : ""), { "aria-label": label });
  const moved = steady(list);
  const foot = el("div.more", {});
  const node = el("div", { "aria-busy": "true" }, el("p.quiet", {}, "Loading…"));
  let turn = 0;

  async function reload() {
    const mine = ++turn;
    node.setAttribute("aria-busy", "true");
    try {
      const page = await load(undefined);
      if (mine !== turn) return;
      const focused = [...list.children].findIndex((one) => one.contains(document.activeElement));
      if (list.isConnected) moved();
      fill(list, page.items.map(row));
      fill(node, page.items.length ? list : empty(), foot);
      offer(page.next);
      if (focused >= 0) keepFocus(focused);
    } catch (error) {
      if (mine === turn) fill(node, faultNote(error, button("Try again", reload)));
    } finally {
      if (mine === turn) node.setAttribute("aria-busy", "false");
    }
  }

  /** The row that had the focus is another one now, or none: the focus stays where it was on the page. */
  function keepFocus(index) {
    const target =
      list.children[Math.min(index, list.children.length - 1)] || document.querySelector("main h1");
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
      const rows = page.items.map(row);
      list.append(...rows);
      offer(page.next);
      // The button that had the focus is another one now, or none.
      const target = foot.querySelector("button") || rows[0];
      target?.setAttribute("tabindex", target.matches("button") ? "0" : "-1");
      target?.focus();
    } catch (error) {
      if (mine === turn)
        fill(
          foot,
          faultNote(
            error,
            button("Try again", () => more(next)),
          ),
        );
    }
  }

  return { node, reload };
}
