// A list that loads page by page, with the server's cursors.

import { button, el, fill } from "./dom.js";
import { faultNote } from "./components.js";
import { steady } from "./tap-guard.js";
import { t } from "./i18n.js";

/**
 * Creates a list. `reload` loads the shown pages again; `start` loads the first page after the filter has changed.
 * @param {(cursor: string|undefined) => Promise<{items: object[], next?: string}>} load
 * @param {(item: object) => HTMLElement} row an <li>
 * @param {() => Node} empty shown if the list is empty
 * @param {string} label the name of the list, for screen readers
 */
export function pages({ load, row, empty, label }) {
  const list = el("ul.list.tight", { "aria-label": label });
  const moved = steady(list);
  const foot = el("div.more", {});
  const node = el("div", { "aria-busy": "true" }, el("p.quiet", {}, t("loading")));
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
      const all = await loadShownPages();
      if (mine === turn) show(all);
    } catch (error) {
      if (mine !== turn) return;
      shown = null;
      fill(node, faultNote(error, button(t("try_again"), reload)));
    } finally {
      if (mine === turn) node.setAttribute("aria-busy", "false");
    }
  }

  /** Loads as many pages as are shown. */
  async function loadShownPages() {
    const all = { items: [], next: undefined };
    for (let i = 0; i < depth && (i === 0 || all.next); i++) {
      const page = await load(all.next);
      all.items.push(...page.items);
      all.next = page.next;
    }
    return all;
  }

  function show(all) {
    const json = JSON.stringify(all);
    // Unchanged rows stay in the page, so that they keep the focus and open sections.
    if (json === shown) return;
    shown = json;
    const focused = [...list.children].findIndex((one) => one.contains(document.activeElement));
    if (list.isConnected) moved();
    fill(list, all.items.map(row));
    fill(node, all.items.length ? list : empty(), foot);
    offer(all.next);
    if (focused >= 0) focus(list.children[Math.min(focused, all.items.length - 1)]);
  }

  /** Moves the focus to the row that is now at the place of the focused one, or to the heading. */
  function focus(place) {
    const target = place || document.querySelector("main h1");
    target.setAttribute("tabindex", "-1");
    target.focus();
  }

  function offer(next) {
    fill(foot, next && button(t("show_more"), () => more(next)));
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
      const again = button(t("try_again"), () => more(next));
      fill(foot, faultNote(error, again));
    }
  }

  return { node, reload, start };
}
