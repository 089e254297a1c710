// Pairs a device: creates a setup code, shows it as a QR code, and shows the device when it is paired.

import { get, post, remove } from "../api.js";
import { button, el, fill } from "../dom.js";
import { icon } from "../icons.js";
import * as live from "../event-stream.js";
import { faultNote, field, folded, head, note } from "../components.js";
import { countdown, now } from "../times.js";
import { attempt, news } from "../toasts.js";
import { foreign, named, stripped } from "../untrusted.js";
import { parts, t } from "../i18n.js";

export const title = t("pair_a_device");

const LIFETIMES = [
  [60, t("minutes", { count: 1 })],
  [300, t("minutes", { count: 5 })],
  [900, t("minutes", { count: 15 })],
  [3600, t("hours", { count: 1 })],
];
const POLL_MS = 3000;

/** The server's url_source for a URL that came with the request. */
const FROM_REQUEST = "--public-url";

/** The current code, also while another view is open. Never stored: anyone with the code can pair a device. */
let code = null;
let show = () => {};

/** Removes the code, because the operator has signed out. */
export function forget() {
  code = null;
}

/** Opens the view. */
export function open() {
  const body = el("div", {});
  const form = request(body);
  show = () => fill(body, code ? shown() : form);
  if (code && !code.state && Date.parse(code.expires_at) <= now()) code = null;
  const node = el(
    "div",
    {},
    head(
      t("pair_a_device"),
      t("a_companion_app_scans_a"),
    ),
    body,
  );
  // Without the event stream, the state of the code is polled.
  const clock = setInterval(() => code && !code.state && !live.isLive() && poll(), POLL_MS);
  show();
  return { node, reload: () => code && !code.state && poll(), close: () => clearInterval(clock) };
}

live.on("setup_code", become);

/** Shows the new state of the code. Ignores the state of any other code. */
function become(status) {
  if (!code || status.setup_id !== code.setup_id || status.state === "issued") return;
  // A code may be redeemed at the moment when its countdown ends here.
  if (code.state && !(code.state === "expired" && status.state === "redeemed")) return;
  code = {
    setup_id: code.setup_id,
    expires_at: code.expires_at,
    device_label: status.device_label,
    state: status.state,
  };
  if (status.state === "redeemed") news(t("paired_device", { device: named(code.device_label || t("the_device")) }));
  if (status.state === "expired") news(t("the_setup_code_has_expired"));
  show();
  document.querySelector('[data-view="pair"] h1')?.focus();
}

async function poll() {
  try {
    become(await get("setup-codes/" + encodeURIComponent(code.setup_id)));
  } catch {
    // The next poll or event shows the state.
  }
}

function request(body) {
  const label = el("input", {
    name: "device_label",
    maxlength: "64",
    autocomplete: "off",
    placeholder: t("kitchen_phone"),
  });
  const lifetime = el(
    "select",
    { name: "ttl_secs" },
    LIFETIMES.map(([seconds, label]) => el("option", { value: seconds }, label)),
  );
  const url = el("input", {
    type: "url",
    name: "public_url",
    maxlength: "500",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    placeholder: "wss://nexo.example.com",
  });
  const trouble = el("div", {});
  const submit = el("button.button.main", { type: "submit" }, icon("pair"), t("create_setup_code"));
  const form = el(
    "form.form.card",
    { novalidate: true },
    field(t("device_name"), label, t("shown_under_sessions")),
    field(t("valid_for"), lifetime, t("the_code_works_once_a")),
    folded(
      t("use_another_server_url"),
      field(t("public_url"), url, t("leave_empty_to_use_the")),
    ),
    trouble,
    el("div.row", {}, submit),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    fill(trouble);
    try {
      const asked = {
        device_label: label.value.trim() || undefined,
        ttl_secs: Number(lifetime.value),
        public_url: url.value.trim() || undefined,
      };
      code = { ...(await post("setup-codes?qr=svg", asked)), device_label: asked.device_label };
      show();
      window.scrollTo(0, 0);
      document.querySelector('[data-view="pair"] h1')?.focus();
      news(t("scan_within", { time: lifetime.selectedOptions[0].textContent }));
    } catch (error) {
      if (error.status !== 401) fill(trouble, faultNote(error));
    } finally {
      submit.disabled = false;
    }
  });
  return form;
}

function shown() {
  if (code.state === "redeemed") {
    const name = foreign(code.device_label || t("unnamed_device"), { tag: "p.name" });
    return el(
      "div.card.done",
      {},
      icon("yes"),
      name,
      el("p", {}, t("is_paired")),
      el(
        "div.row",
        {},
        el("a.button", { href: "#/sessions" }, t("view_sessions")),
        another(t("pair_another_device")),
      ),
    );
  }
  if (code.state) {
    const message = code.state === "cancelled" ? t("this_code_was_cancelled") : t("this_code_has_expired");
    return el("div.form", {}, note("odd", el("p", {}, message)), el("div.row", {}, another(t("create_a_new_code"))));
  }
  return scan();
}

function another(label) {
  return button(
    label,
    () => {
      code = null;
      show();
      document.querySelector('[data-view="pair"] input')?.focus();
    },
    { kind: "main" },
  );
}

/** The code to scan. The SVG is shown as an image and never becomes part of the page. */
function scan() {
  const picture = URL.createObjectURL(new Blob([code.qr.svg], { type: "image/svg+xml" }));
  const image = el("img", {
    src: picture,
    alt: t("qr_code_with_the_setup"),
  });
  image.addEventListener("load", () => URL.revokeObjectURL(picture));
  const payload = el(
    "textarea",
    { readonly: true, rows: "4", spellcheck: "false", name: "payload" },
    code.payload,
  );
  const clock = countdown(code.expires_at, () =>
    become({ setup_id: code.setup_id, state: "expired", device_label: code.device_label }),
  );
  return el(
    "div.card.qr",
    {},
    code.device_label && foreign(code.device_label, { tag: "h2" }),
    image,
    el("p", {}, parts("expires_in_time", { time: el("span.left", {}, clock) })),
    el(
      "div.row",
      {},
      button(t("copy_code"), () => copy(payload)),
      button(t("cancel_code"), cancel, { kind: "grave" }),
    ),
    folded(
      t("show_code_as_text"),
      field(t("setup_code"), payload, t("anyone_with_this_code_can")),
    ),
    el(
      "p.small.quiet",
      {},
      t("server_url", {
        url: stripped(code.url),
        source: code.url_source === FROM_REQUEST ? t("entered_here") : t("from_source", { source: stripped(code.url_source) }),
      }),
    ),
  );
}

/** Copies the code. If the browser does not allow this, selects the text so that the user can copy it. */
async function copy(payload) {
  try {
    await navigator.clipboard.writeText(payload.value);
    news(t("copied"));
  } catch {
    payload.closest("details").open = true;
    payload.focus();
    payload.select();
    news(t("selected_copy_it_with_controlc"));
  }
}

async function cancel() {
  const id = code.setup_id;
  if (await attempt(() => remove("setup-codes/" + encodeURIComponent(id))))
    become({ setup_id: id, state: "cancelled" });
}
