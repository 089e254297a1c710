// Notifications of this browser by Web Push: turns them on and off, and keeps the server's list correct.

import { get, post, remove } from "./api.js";
import { language } from "./i18n.js";

/** The service worker. The browser keeps its address, and with it the language of its notifications, after a restart. */
const WORKER = new URL("sw.js?lang=" + language, document.baseURI).href;

/** Why this browser cannot have notifications: "insecure", "install" (iPhone, iPad), "unsupported"; null if it can. */
export function obstacle() {
  if (!window.isSecureContext) return "insecure";
  if ("serviceWorker" in navigator && "PushManager" in window && "Notification" in window) return null;
  return "standalone" in navigator && !navigator.standalone ? "install" : "unsupported";
}

let policy = null;

/** The URL of the service worker, which Trusted Types let only this policy name. */
function workerUrl() {
  if (!window.trustedTypes) return WORKER;
  policy ||= window.trustedTypes.createPolicy("service-worker", { createScriptURL: () => WORKER });
  return policy.createScriptURL("");
}

async function subscription() {
  if (obstacle()) return null;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration ? registration.pushManager.getSubscription() : null;
}

/** The id of a subscription in the server's list: the SHA-256 of its endpoint. */
async function idOf(one) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(one.endpoint));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The id of this browser's subscription, or null. */
export async function ownId() {
  const own = await subscription();
  return own && idOf(own);
}

function bytes(base64url) {
  const base64 = base64url.replaceAll("-", "+").replaceAll("_", "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** What this browser is called in the list of all. */
function label() {
  const agent = navigator.userAgent;
  const browser =
    [
      ["Edg", "Edge"],
      ["SamsungBrowser", "Samsung Internet"],
      ["Firefox", "Firefox"],
      ["Chrom", "Chrome"],
      ["Safari", "Safari"],
    ].find(([sign]) => agent.includes(sign))?.[1] || "Browser";
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "CrOS", "Linux"].find((name) => agent.includes(name));
  return browser + (system ? " on " + system : "");
}

/** Subscribes this browser with the server's key, and again if it was subscribed with another one. */
async function subscribe(publicKey) {
  await navigator.serviceWorker.register(workerUrl());
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  const own = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(publicKey) });
  const { endpoint, keys } = own.toJSON();
  await post("notices/push", { endpoint, p256dh: keys.p256dh, auth: keys.auth, label: label() });
}

/** Turns notifications on, after the operator's tap. Returns whether the operator allowed them. */
export async function turnOn(publicKey) {
  if ((await Notification.requestPermission()) !== "granted") return false;
  await subscribe(publicKey);
  return true;
}

/** Turns notifications of this browser off. */
export async function turnOff() {
  const own = await subscription();
  if (!own) return;
  await remove("notices/push/" + (await idOf(own)));
  await own.unsubscribe();
}

/** Turns notifications off when the operator signs out. If the server cannot be reached, the push service tells it. */
export async function forget() {
  try {
    await turnOff();
  } catch {
    await (await subscription())?.unsubscribe();
  }
}

/**
 * Renews this browser's subscription if the server's password or key has changed, ends it if it was removed from the
 * server's list, and gives the service worker the language of the page.
 */
export async function renew() {
  try {
    const own = await subscription();
    if (!own) return;
    await navigator.serviceWorker.register(workerUrl());
    const { enabled, public_key: key, subscriptions } = await get("notices/push");
    const id = await idOf(own);
    const listed = subscriptions.find((one) => one.id === id);
    if (!listed) await own.unsubscribe();
    else if (!listed.valid && enabled && Notification.permission === "granted") await subscribe(key);
  } catch {
    // Tried again when the console is opened next.
  }
}
