// Calls to the server. Each has the console's header, which a page of another site cannot send.

import { noteServerTime } from "./times.js";
import { t } from "./i18n.js";

const ROOT = new URL("api/v1/", document.baseURI);
const TIMEOUT_MS = 30_000;

const PROBLEM = "urn:nexo-pairing:problem:";

/** The types of the server's problems in the operator's language. */
const PROBLEMS = {
  forbidden: t("problem_forbidden"),
  "code-unknown": t("problem_request_unknown"),
  "code-expired": t("problem_code_expired"),
  "sender-unknown": t("problem_sender_unknown"),
  "setup-unknown": t("problem_setup_unknown"),
  "session-unknown": t("problem_session_unknown"),
  "already-redeemed": t("problem_redeemed"),
  "only-loopback": t("problem_no_address"),
  "too-large": t("problem_too_large"),
  "request-timeout": t("problem_timeout"),
  "too-many-attempts": t("too_many_attempts"),
  "too-many-requests": t("too_many_attempts"),
};

/** An error response of the server (RFC 9457); the status is 0 if the server could not be reached. */
export class Fault extends Error {
  constructor(status, problem = {}, retryAfter = null) {
    super(messageOf(status, problem));
    this.status = status;
    this.remedies = problem.remedies || [];
    this.violations = problem.violations || [];
    /** Seconds, or null. */
    this.retryAfter = retryAfter;
    /** Whether the request was a change. */
    this.change = false;
  }
}

/** The message for an error. Only the details of an invalid input are the server's own text, in English. */
function messageOf(status, { type = "", detail, title }) {
  const name = String(type).startsWith(PROBLEM) ? type.slice(PROBLEM.length) : "";
  if (Object.hasOwn(PROBLEMS, name)) return PROBLEMS[name];
  if (name === "bad-request" && detail) return t("problem_input", { detail });
  if (status === 0) return t("cannot_reach_the_server_check");
  if (status === 503)
    return t("the_server_is_temporarily_unavailable");
  // A problem that a later version of the server has, and the message of a 401.
  return detail || (status < 500 && title) || t("server_error", { status: String(status) });
}

let signedOut = () => {};
let answered = () => {};

/** Sets the function to call when the server has answered without an error; its argument is whether to a change. */
export function onAnswer(listener) {
  answered = listener;
}

/** Sets the function to call when the session has expired and the operator must sign in again. */
export function onSignedOut(listener) {
  signedOut = listener;
}

/** Sends a request with the console's header. Returns the response for any status; throws a Fault without one. */
export async function request(path, options = {}) {
  const headers = { "X-Pairing-Surface": "console", ...options.headers };
  try {
    const response = await fetch(new URL(path, ROOT), {
      cache: "no-store",
      credentials: "same-origin",
      redirect: "error",
      ...options,
      headers,
    });
    noteServerTime(response.headers.get("Date"));
    return response;
  } catch (error) {
    if (options.signal?.aborted && options.signal.reason?.name !== "TimeoutError") throw error;
    throw new Fault(0);
  }
}

/** Turns an error response into a Fault. A 401 shows the sign-in form, unless the request was a sign-in. */
export async function fault(response, isLogin = false) {
  // A proxy may answer with any JSON.
  const problem = (await response.json().catch(() => null)) ?? {};
  if (response.status === 401 && !isLogin) {
    signedOut();
    return new Fault(401, { detail: t("sign_in_again_then_repeat") });
  }
  return new Fault(response.status, problem, Number(response.headers.get("Retry-After")) || null);
}

async function call(method, path, body, isLogin) {
  const options = { method, signal: AbortSignal.timeout(TIMEOUT_MS) };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const change = method !== "GET";
  const response = await request(path, options);
  if (!response.ok) throw Object.assign(await fault(response, isLogin), { change });
  answered(change);
  return response.status === 204 ? null : response.json();
}

/** `GET path?query`, without the parameters that are empty. */
export function get(path, query = {}) {
  const filled = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== "" && value !== false,
  );
  return call("GET", filled.length ? path + "?" + new URLSearchParams(filled) : path);
}

/** `POST path` with a JSON body. */
export function post(path, body = {}) {
  return call("POST", path, body);
}

/** `DELETE path`. */
export function remove(path) {
  return call("DELETE", path);
}

/** The operator who is signed in, or null. */
export async function whoami() {
  try {
    return await call("GET", "login", undefined, true);
  } catch (error) {
    if (error.status === 401) return null;
    throw error;
  }
}

/** Signs in. A 401 means a wrong name or password. */
export function signIn(password, name) {
  return call("POST", "login", { name, password }, true);
}

/** The JSON at a path outside the API, such as /health/ready, for any status; null if it is not JSON. */
export async function outside(path) {
  const response = await request(new URL(path, ROOT.origin), { signal: AbortSignal.timeout(TIMEOUT_MS) });
  return response.json().catch(() => null);
}
