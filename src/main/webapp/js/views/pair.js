// A device is paired: a setup code is made, scanned, and turns into the device's name.

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
const ASK_MS = 3000;

/** What the server calls a URL that came with the request. */
const TYPED_IN = "--public-url";

/** The code that is being shown, also after a look at another view. Never stored: it lets a device in. */
let code = null;
let show = () => {};

/** Forgets the code: the operator has signed out. */
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
      "A companion app scans this code, and is signed in for a while without a password.",
    ),
    body,
  );
  // Where events do not come through, the code is asked after.
  const clock = setInterval(() => code && !code.state && !live.isLive() && look(), ASK_MS);
  show();
  return { node, reload: () => code && !code.state && look(), close: () => clearInterval(clock) };
}

live.on("setup_code", become);

/** What became of a code; nothing where it is another one. */
function become(status) {
  if (!code || status.setup_id !== code.setup_id || status.state === "issued") return;
  // A code may have been redeemed in the very moment in which it ran out here.
  if (code.state && !(code.state === "expired" && status.state === "redeemed")) return;
  code = {
    setup_id: code.setup_id,
    expires_at: code.expires_at,
    device_label: status.device_label,
    state: status.state,
  };
  if (status.state === "redeemed") news("Paired: " + named(code.device_label || "the device"));
  if (status.state === "expired") news("The setup code has run out.");
  show();
  document.querySelector('[data-view="pair"] h1')?.focus();
}

async function look() {
  try {
    become(await get("setup-codes/" + encodeURIComponent(code.setup_id)));
  } catch {
    // It is asked again, or the events tell.
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
    LIFETIMES.map(([seconds, words]) => el("option", { value: seconds }, words)),
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
  const submit = el("button.button.main", { type: "submit" }, icon("pair"), "Make a setup code");
  const form = el(
    "form.form.card",
    { novalidate: true },
    field("Name of the device", label, "So that you find it again under Sessions."),
    field("The code lives", lifetime, "It can be used once. The shorter, the safer."),
    folded(
      "Reach the server at another address",
      field("Public URL", url, "Empty: as the server is configured."),
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
      news("The setup code is there. Scan it within " + lifetime.selectedOptions[0].textContent + ".");
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
    const name = foreign(code.device_label || "A device without a name", { tag: "p.name" });
    return el(
      "div.card.done",
      {},
      icon("yes"),
      name,
      el("p", {}, "is paired."),
      el(
        "div.row",
        {},
        el("a.button", { href: "#/sessions" }, "See sessions"),
        another("Pair another device"),
      ),
    );
  }
  if (code.state) {
    const words =
      code.state === "cancelled"
        ? "The code was cancelled. It lets nobody in any more."
        : "The code has run out. It lets nobody in any more.";
    return el("div.form", {}, note("odd", el("p", {}, words)), el("div.row", {}, another("Make a new code")));
  }
  return scan();
}

function another(words) {
  return button(
    words,
    () => {
      code = null;
      show();
      document.querySelector('[data-view="pair"] input')?.focus();
    },
    { kind: "main" },
  );
}

/** The code to scan. The drawing comes as text and is shown as a picture, never as part of the page. */
function scan() {
  const picture = URL.createObjectURL(new Blob([code.qr.svg], { type: "image/svg+xml" }));
  const image = el("img", {
    src: picture,
    alt: "QR code with the setup code. The text below it says the same.",
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
    el("p", {}, "Scan it within ", el("span.left", {}, clock)),
    el(
      "div.row",
      {},
      button("Copy the text", () => copy(payload)),
      button("Cancel the code", cancel, { kind: "grave" }),
    ),
    folded(
      "The code as text",
      field("Setup code", payload, "Whoever has it can pair a device until it runs out."),
    ),
    el(
      "p.small.quiet",
      {},
      "Reaches the server at ",
      stripped(code.url),
      " (",
      code.url_source === TYPED_IN ? "as typed in" : stripped(code.url_source),
      ")",
    ),
  );
}

/** Copies, where the browser lets a page do so; else marks the text, to be copied by hand. */
async function copy(payload) {
  try {
    await navigator.clipboard.writeText(payload.value);
    news("Copied.");
  } catch {
    payload.closest("details").open = true;
    payload.focus();
    payload.select();
    news("Marked. Copy it by hand.");
  }
}

async function cancel() {
  const id = code.setup_id;
  if (await attempt(() => remove("setup-codes/" + encodeURIComponent(id))))
    become({ setup_id: id, state: "cancelled" });
}
