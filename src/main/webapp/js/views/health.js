// The server's readiness and the findings of its doctor.

import { outside, get, post } from "../api.js";
import { button, el, fill } from "../dom.js";
import { empty, faultNote, head, note, tag } from "../components.js";
import { attempt, done } from "../toasts.js";
import { stripped } from "../untrusted.js";

export const title = "Health";

const LEVELS = {
  ok: ["good", "yes", "OK"],
  warning: ["odd", "warn", "Warning"],
  fault: ["bad", "no", "Fault"],
};
const ORDER = ["fault", "warning", "ok"];
const LABELS = { migrations: "schema version", outbox_waiting: "messages in the outbox" };

/** Opens the view. */
export function open() {
  const ready = el("section.block", { "aria-labelledby": "ready-title" });
  const doctor = el("section.block", { "aria-labelledby": "doctor-title" });

  const locked = el("section.block", { "aria-labelledby": "locks-title" });

  async function reload() {
    await Promise.all([part(ready, readiness), part(locked, () => locks(reload)), part(doctor, findings)]);
  }

  const refresh = button("Refresh", reload);
  const node = el(
    "div",
    {},
    head("Health", "Readiness of this server, and the findings of its doctor.", refresh),
    ready,
    locked,
    doctor,
  );
  return { node, reload };
}

async function part(node, content) {
  node.setAttribute("aria-busy", "true");
  try {
    fill(node, await content());
  } catch (error) {
    fill(node, error.status === 401 ? null : faultNote(error));
  } finally {
    node.setAttribute("aria-busy", "false");
  }
}

async function readiness() {
  const report = await outside("/health/ready");
  const up = report?.status === "UP";
  const summary = up
    ? note("good", el("p", {}, "Ready: messages are being checked."))
    : note(
        "bad",
        el(
          "p",
          {},
          "Not ready: messages are held back until this is fixed. See the details below and the server log.",
        ),
      );
  const data = Object.assign({}, ...(report?.checks || []).map((one) => one.data || {}));
  const lines = Object.entries(data).map(([name, value]) => [
    el("dt", {}, LABELS[name] || stripped(name).replaceAll("_", " ")),
    el("dd", {}, stripped(value)),
  ]);
  return [
    el("h2", { id: "ready-title" }, "Readiness"),
    summary,
    lines.length ? el("dl.meta.card", {}, lines) : null,
  ];
}

/** The logins that this server refuses after failed attempts. */
async function locks(reload) {
  const title = el("h2", { id: "locks-title" }, "Locked sign-ins");
  const found = (await get("locks")).locks;
  return [
    title,
    found.length
      ? el("ul.card.checks", {}, found.map((one) => lock(one, reload)))
      : el("p.quiet", {}, "Nobody is locked on this server."),
  ];
}

function lock({ address, login, kind, seconds }, reload) {
  const who = stripped(login || kind.replaceAll("_", " ")) + " from " + stripped(address);
  const unlock = async () => {
    const run = async () => {
      await post("locks/unlock", { target: address });
      done("Unlocked " + stripped(address) + ".");
    };
    if (await attempt(run)) await reload();
  };
  return el(
    "li",
    {},
    el("h3", {}, who),
    el("p", {}, "Refused for another " + seconds + " s."),
    el("div.row", {}, button("Unlock", unlock, { kind: "plain", "aria-label": "Unlock " + who })),
  );
}

async function findings() {
  const title = el("h2", { id: "doctor-title" }, "Doctor");
  try {
    const { checks } = await get("doctor");
    const sorted = [...checks].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
    return [title, el("ul.card.checks", {}, sorted.map(finding))];
  } catch (error) {
    if (error.status !== 404) throw error;
    return [title, empty("health", "No doctor on this server", "Only readiness is available.")];
  }
}

function finding({ check, level, id, text, remedy }) {
  const [kind, drawing, label] = LEVELS[level] || ["", "info", level];
  return el(
    "li",
    {},
    tag(label, kind, drawing),
    el("h3", {}, stripped(check).replaceAll("_", " ")),
    el("p", {}, stripped(text)),
    remedy && el("p.quiet", {}, stripped(remedy), id && el("span.small", {}, ` (${stripped(id)})`)),
  );
}
