// Pairs a device: creates a setup code, shows it as a QR code, and shows the device when it is paired.

import { get, post, remove } from "../api.js";
import { button, el, fill } from "../dom.js";
import { icon } from "../icons.js";
import * as live from "../event-stream.js";
import { faultNote, field, folded, head, note } from "../components.js";
import { countdown, now } from "../times.js";
import { attempt, news } from "../toasts.js";
import { foreign, named, stripped } from "../untrusted.js";

export const title = "Pair a device";

const LIFETIMES = [
  [60, "1 minute"],
  [300, "5 minutes"],
  [900, "15 minutes"],
  [3600, "1 hour"],
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
      "Pair a device",
      "A companion app scans a setup code and signs in without a password.",
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
  if (status.state === "redeemed") news("Paired: " + named(code.device_label || "the device"));
  if (status.state === "expired") news("The setup code has expired.");
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
    placeholder: "Kitchen phone",
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
  const submit = el("button.button.main", { type: "submit" }, icon("pair"), "Create setup code");
  const form = el(
    "form.form.card",
    { novalidate: true },
    field("Device name", label, "Shown under Sessions."),
    field("Valid for", lifetime, "The code works once. A shorter time is safer."),
    folded(
      "Use another server URL",
      field("Public URL", url, "Leave empty to use the configured URL."),
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
      news("Setup code created. Scan it within " + lifetime.selectedOptions[0].textContent + ".");
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
    const name = foreign(code.device_label || "Unnamed device", { tag: "p.name" });
    return el(
      "div.card.done",
      {},
      icon("yes"),
      name,
      el("p", {}, "is paired."),
      el(
        "div.row",
        {},
        el("a.button", { href: "#/sessions" }, "View sessions"),
        another("Pair another device"),
      ),
    );
  }
  if (code.state) {
    const message = code.state === "cancelled" ? "This code was cancelled." : "This code has expired.";
    return el("div.form", {}, note("odd", el("p", {}, message)), el("div.row", {}, another("Create a new code")));
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
    alt: "QR code with the setup code. The same code is below as text.",
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
    el("p", {}, "Expires in ", el("span.left", {}, clock)),
    el(
      "div.row",
      {},
      button("Copy code", () => copy(payload)),
      button("Cancel code", cancel, { kind: "grave" }),
    ),
    folded(
      "Show code as text",
      field("Setup code", payload, "Anyone with this code can pair one device until it expires."),
    ),
    el(
      "p.small.quiet",
      {},
      "Server URL: ",
      stripped(code.url),
      " (",
      code.url_source === FROM_REQUEST ? "entered here" : "from " + stripped(code.url_source),
      ")",
    ),
  );
}

/** Copies the code. If the browser does not allow this, selects the text so that the user can copy it. */
async function copy(payload) {
  try {
    await navigator.clipboard.writeText(payload.value);
    news("Copied.");
  } catch {
    payload.closest("details").open = true;
    payload.focus();
    payload.select();
    news("Selected. Copy it with Control+C.");
  }
}

async function cancel() {
  const id = code.setup_id;
  if (await attempt(() => remove("setup-codes/" + encodeURIComponent(id))))
    become({ setup_id: id, state: "cancelled" });
}
