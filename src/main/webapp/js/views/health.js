// The server's readiness and the findings of its doctor.

import { outside, get, post } from "../api.js";
import { button, el, fill } from "../dom.js";
import { empty, faultNote, head, note, tag } from "../components.js";
import { attempt, done } from "../toasts.js";
import { stripped } from "../untrusted.js";
import { t } from "../i18n.js";

export const title = t("health");

const LEVELS = {
  ok: ["good", "yes", t("ok")],
  warning: ["odd", "warn", t("warning")],
  fault: ["bad", "no", t("fault")],
};
const ORDER = ["fault", "warning", "ok"];
const LABELS = { migrations: t("schema_version"), outbox_waiting: t("messages_in_the_outbox") };

/** Opens the view. */
export function open() {
  const ready = el("section.block", { "aria-labelledby": "ready-title" });
  const doctor = el("section.block", { "aria-labelledby": "doctor-title" });

  const locked = el("section.block", { "aria-labelledby": "locks-title" });

  async function reload() {
    await Promise.all([part(ready, readiness), part(locked, () => locks(reload)), part(doctor, findings)]);
  }

  const refresh = button(t("refresh"), reload);
  const node = el(
    "div",
    {},
    head(t("health"), t("readiness_of_this_server_and"), refresh),
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
    ? note("good", el("p", {}, t("ready_messages_are_being_checked")))
    : note(
        "bad",
        el(
          "p",
          {},
          t("not_ready_messages_are_held"),
        ),
      );
  const data = Object.assign({}, ...(report?.checks || []).map((one) => one.data || {}));
  const lines = Object.entries(data).map(([name, value]) => [
    el("dt", {}, LABELS[name] || stripped(name).replaceAll("_", " ")),
    el("dd", {}, stripped(value)),
  ]);
  return [
    el("h2", { id: "ready-title" }, t("readiness")),
    summary,
    lines.length ? el("dl.meta.card", {}, lines) : null,
  ];
}

/** The logins that this server refuses after failed attempts. */
async function locks(reload) {
  const title = el("h2", { id: "locks-title" }, t("locked_signins"));
  const found = (await get("locks")).locks;
  return [
    title,
    found.length
      ? el("ul.card.checks", {}, found.map((one) => lock(one, reload)))
      : el("p.quiet", {}, t("nobody_is_locked_on_this")),
  ];
}

function lock({ address, login, kind, seconds }, reload) {
  const who = t("login_from", { login: stripped(login || kind.replaceAll("_", " ")), address: stripped(address) });
  const unlock = async () => {
    const run = async () => {
      await post("locks/unlock", { target: address });
      done(t("unlocked_address", { address: stripped(address) }));
    };
    if (await attempt(run)) await reload();
  };
  return el(
    "li",
    {},
    el("h3", {}, who),
    el("p", {}, t("refused_for", { seconds })),
    el("div.row", {}, button(t("unlock"), unlock, { kind: "plain", "aria-label": t("unlock_login", { login: who }) })),
  );
}

async function findings() {
  const title = el("h2", { id: "doctor-title" }, t("doctor"));
  try {
    const { checks } = await get("doctor");
    const sorted = [...checks].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
    return [title, el("ul.card.checks", {}, sorted.map(finding))];
  } catch (error) {
    if (error.status !== 404) throw error;
    return [title, empty("health", t("no_doctor_on_this_server"), t("only_readiness_is_available"))];
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
