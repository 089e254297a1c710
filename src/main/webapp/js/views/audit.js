// The audit trail, newest entry first.

import { get } from "../api.js";
import { debounced, el } from "../dom.js";
import { placeFilter, remember } from "../filters.js";
import { pages } from "../paged-list.js";
import { empty, field, folded, head, where } from "../components.js";
import { fromField, moment, zoneHint } from "../times.js";
import { foreign, stripped } from "../untrusted.js";
import { action } from "../labels.js";

export const title = "Audit";

/** Opens the view. */
export function open(place) {
  const sender = el("input", {
    name: "sender_id",
    maxlength: "256",
    autocapitalize: "none",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: "all",
    value: place.sender_id,
  });
  const since = el("input", { type: "datetime-local", name: "since" });
  const filter = placeFilter(() => list.start(), place);
  const list = pages({
    label: "Audit trail",
    load: async (cursor) => {
      const page = await get("audit", {
        ...filter.values(),
        sender_id: sender.value.trim(),
        since: fromField(since.value),
        limit: 50,
        cursor,
      });
      remember(page.audit);
      return { items: page.audit, next: page.next };
    },
    row,
    empty: () =>
      empty(
        "audit",
        "No audit entries",
        "Every change is recorded here and cannot be deleted. Clear the filters to see all entries.",
      ),
  });
  sender.addEventListener("input", debounced(list.start));
  since.addEventListener("change", list.start);
  const tools = el(
    "div.tools",
    {},
    filter.node,
    folded(
      "More filters",
      el("div.form", {}, field("Sender", sender, "Full sender ID."), field("Since", since, zoneHint())),
    ),
  );
  return {
    node: el("div", {}, head("Audit trail", "Who changed what, newest first."), tools, list.node),
    reload: list.reload,
  };
}

function row(one) {
  const line = el("div.line", {}, el("span.name", {}, action(one.action)));
  if (one.sender_id) line.append(...foreign(one.sender_id, { limit: 64 }), where(one));
  return el(
    "li.entry",
    {},
    line,
    one.detail && foreign(one.detail, { tag: "p.remark", limit: 200 }),
    el(
      "p.small.quiet",
      {},
      moment(one.at),
      ", ",
      stripped(one.actor),
      one.actor !== one.surface && [" via ", stripped(one.surface)],
    ),
  );
}
