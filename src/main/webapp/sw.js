// The service worker: shows notifications, and carries out what their buttons decide, while the console is closed.
// It has no listener for "fetch", so it caches nothing.

const ROOT = self.registration.scope;
const ICON = new URL("icons/icon-192.png", ROOT).href;
const TIMEOUT_MS = 20_000;

/** The same characters as in js/untrusted.js: a classic worker cannot import a module in every browser. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]/gu;

function stripped(text) {
  return String(text).replace(BREAKS, " ").replace(HIDDEN, "");
}

function clipped(text, limit) {
  const letters = Array.from(stripped(text));
  return letters.length > limit ? letters.slice(0, limit).join("") + "…" : letters.join("");
}

function show(title, options) {
  return self.registration.showNotification(title, { icon: ICON, lang: "en", ...options });
}

/** A notification about one request, with its buttons. */
function showRequest(request, failure = null) {
  const sender = clipped(request.sender_id, 64);
  const name = request.claimed_name ? clipped(request.claimed_name, 64) + " (" + sender + ")" : sender;
  const lines = [
    failure,
    name,
    clipped(request.channel, 32) + ", account " + clipped(request.account_id, 32),
    request.text && "“" + clipped(request.text, 200) + "”",
  ];
  return show("Request #" + request.number, {
    tag: "request-" + request.number,
    renotify: true,
    requireInteraction: true,
    body: lines.filter(Boolean).join("\n"),
    data: request,
    actions: [
      { action: "approve", title: "Approve" },
      { action: "deny", title: "Deny" },
    ],
  });
}

function showMessage(message) {
  if (message.type === "request") return showRequest(message);
  if (message.type === "digest")
    return show(message.total + " requests", {
      tag: "digest",
      renotify: true,
      body: [...message.names.map((name) => clipped(name, 64)), message.total > message.names.length && "…"]
        .filter(Boolean)
        .join("\n"),
    });
  return show("Test", { tag: "test", renotify: true, body: "Notifications work in this browser." });
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
  const options = { tag: "request-" + request.number };
  if (status === 200)
    return show((action === "approve" ? "Approved" : "Denied") + " #" + request.number, {
      ...options,
      silent: true,
      body: clipped(request.claimed_name || request.sender_id, 64),
    });
  if (status === 401)
    return show("Request #" + request.number, {
      ...options,
      body: "Not changed: it was decided already, or it has expired.",
    });
  return showRequest(request, status === 429 ? "Too many attempts. Try again in a minute." : "Not sent. Try again.");
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
  let message = { type: "digest", total: "New", names: [] };
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
    show("Notifications have stopped", { tag: "stopped", body: "Open the console to turn them on again." }),
  );
});
