// The audit trail, newest entry first.

import { get } from "../api.js";
import { debounced, el } from "../dom.js";
import { placeFilter, remember } from "../filters.js";
import { pages } from "../paged-list.js";
import { empty, field, folded, head, where } from "../components.js";
import { fromField, moment, zoneHint } from "../times.js";
import { foreign, stripped } from "../untrusted.js";
import { action } from "../labels.js";
import { t } from "../i18n.js";

export const title = t("audit");

/** Opens the view. */
export function open(place) {
  const sender = el("input", {
    name: "sender_id",
    maxlength: "256",
    autocapitalize: "none",
    autocomplete: "off",
    spellcheck: "false",
    placeholder: t("all"),
    value: place.sender_id,
  });
  const since = el("input", { type: "datetime-local", name: "since" });
  const filter = placeFilter(() => list.start(), place);
  const list = pages({
    label: t("audit_trail"),
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
        t("no_audit_entries"),
        t("every_change_is_recorded_here"),
      ),
  });
  sender.addEventListener("input", debounced(list.start));
  since.addEventListener("change", list.start);
  const tools = el(
    "div.tools",
    {},
    filter.node,
    folded(
      t("more_filters"),
      el("div.form", {}, field(t("sender"), sender, t("full_sender_id")), field(t("since"), since, zoneHint())),
    ),
  );
  return {
    node: el("div", {}, head(t("audit_trail"), t("who_changed_what_newest_first")), tools, list.node),
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
      one.actor !== one.surface && [" ", t("via", { surface: stripped(one.surface) })],
    ),
  );
}
