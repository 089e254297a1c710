// The service worker: shows notifications, and carries out what their buttons decide, while the console is closed.
// It has no listener for "fetch", so it caches nothing.

const ROOT = self.registration.scope;
const ICON = new URL("icons/icon-192.png", ROOT).href;
const TIMEOUT_MS = 20_000;

/** The language, in the address with which the console registers this worker. */
const LANGUAGE = /^[a-z]{2}$/.exec(new URL(self.location).searchParams.get("lang") ?? "")?.[0] ?? "en";

/** Loads a script of this server. The browser stores it with this worker, so that it is available without a network. */
function load(path) {
  const url = new URL(path, ROOT).href;
  importScripts(policy ? policy.createScriptURL(url) : url);
}

/** The only policy of Trusted Types. It permits the scripts in js/ and no others. */
const policy = self.trustedTypes?.createPolicy("service-worker", {
  createScriptURL: (url) => {
    if (!url.startsWith(ROOT + "js/")) throw new TypeError(url);
    return url;
  },
});

load("js/shared.js");
load("js/i18n/" + LANGUAGE + ".js");
const { stripped } = self.nexoShared;
const { dir, t } = self.nexoShared.texts(LANGUAGE);

function clipped(text, limit) {
  const letters = Array.from(stripped(text));
  return letters.length > limit ? letters.slice(0, limit).join("") + "…" : letters.join("");
}

/** What strangers could use to end the quotation that encloses what they claim. */
const QUOTES = /["“”„‟«»‹›〝〞〟＂″‶˝ˮ״❝❞❠🙶🙷🙸]/gu;

function quoted(text, limit) {
  return t("quoted", { text: clipped(text, limit).replace(QUOTES, "'") });
}

function show(title, options) {
  return self.registration.showNotification(title, { icon: ICON, lang: LANGUAGE, dir, ...options });
}

/** A notification about one request, with its buttons. */
function showRequest(request, failure = null) {
  const sender = clipped(request.sender_id, 64);
  const name = request.claimed_name && quoted(request.claimed_name, 64);
  const lines = [
    failure,
    name ? t("sender_and_reason", { sender: name, reason: sender }) : sender,
    t("where", { channel: clipped(request.channel, 32), account: clipped(request.account_id, 32) }),
    request.text && quoted(request.text, 200),
  ];
  return show(t("notice_request", { number: String(request.number) }), {
    tag: "request-" + request.number,
    renotify: true,
    requireInteraction: true,
    body: lines.filter(Boolean).join("\n"),
    data: request,
    actions: [
      { action: "approve", title: t("approve") },
      { action: "deny", title: t("deny") },
    ],
  });
}

function showMessage(message) {
  if (message.type === "request") return showRequest(message);
  if (message.type === "digest")
    return show(message.total ? t("notice_requests", { count: message.total }) : t("notice_new"), {
      tag: "digest",
      renotify: true,
      body: [...message.names.map((name) => clipped(name, 64)), message.total > message.names.length && "…"]
        .filter(Boolean)
        .join("\n"),
    });
  return show(t("notice_test"), { tag: "test", renotify: true, body: t("notice_works") });
}

/** Decides a request with the token of its notification. */
async function act(request, action) {
  let status = 0;
  try {
    const response = await fetch(new URL("api/v1/notices/act", ROOT), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token: request.token, action }),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    status = response.status;
  } catch {
    // The server could not be reached; the status says so.
  }
  const number = String(request.number);
  const options = { tag: "request-" + number };
  if (status === 200)
    return show(t(action === "approve" ? "notice_approved" : "notice_denied", { number }), {
      ...options,
      silent: true,
      body: request.claimed_name ? quoted(request.claimed_name, 64) : clipped(request.sender_id, 64),
    });
  if (status === 401)
    return show(t("notice_request", { number }), { ...options, body: t("notice_decided") });
  return showRequest(request, t(status === 429 ? "too_many_attempts" : "notice_not_sent"));
}

/** Shows the console, in a window that is open already if there is one. */
async function openConsole() {
  const url = new URL("#/pending", ROOT).href;
  for (const client of await self.clients.matchAll({ type: "window", includeUncontrolled: true })) {
    if (client.url.split("#")[0] === ROOT) return client.focus();
  }
  return self.clients.openWindow(url);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let message = { type: "digest", total: 0, names: [] };
  try {
    message = event.data.json();
  } catch {
    // Browsers require a notification for each message.
  }
  event.waitUntil(showMessage(message));
});

self.addEventListener("notificationclick", (event) => {
  const request = event.notification.data;
  event.notification.close();
  const decides = request?.token && (event.action === "approve" || event.action === "deny");
  event.waitUntil(decides ? act(request, event.action) : openConsole());
});

self.addEventListener("pushsubscriptionchange", (event) => {
  // Only a signed-in operator can subscribe a browser; the console does it when it is opened.
  event.waitUntil(
    show(t("notice_stopped"), { tag: "stopped", body: t("notice_stopped_hint") }),
  );
});
