// Calls to the server. Every one says that it is the console's, which a page of another site cannot (API: "Who may call").

import { noteServerTime } from "./times.js";

const ROOT = new URL("api/v1/", document.baseURI);
const PATIENCE_MS = 30_000;

/** What the server said no with (RFC 9457), or that it could not be reached (status 0). */
export class Fault extends Error {
  constructor(status, problem = {}, retryAfter = null) {
    super(problem.detail || problem.title || plainly(status));
    this.status = status;
    this.remedies = problem.remedies || [];
    this.violations = problem.violations || [];
    /** Seconds, or null. */
    this.retryAfter = retryAfter;
  }
}

function plainly(status) {
  if (status === 0) return "The server cannot be reached. Check the connection, then try again.";
  if (status === 503)
    return "The server cannot answer now. Try again in a few seconds; the Health page says what is wrong.";
  return "The server failed (" + status + "). Its log says why; try again.";
}

let signedOut = () => {};

/** Calls this when the server asks for a login. */
export function onSignedOut(listener) {
  signedOut = listener;
}

/** A request with the console's header; the answer as it is. Fails with a Fault where there is none. */
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

/** What an answer that is not a success says. A 401 brings the login back, unless it is the login's own. */
export async function fault(response, isLogin = false) {
  const problem = await response.json().catch(() => ({}));
  if (response.status === 401 && !isLogin) {
    signedOut();
    return new Fault(401, { detail: "Sign in again, then repeat what you did last." });
  }
  return new Fault(response.status, problem, Number(response.headers.get("Retry-After")) || null);
}

async function call(method, path, body, isLogin) {
  const options = { method, signal: AbortSignal.timeout(PATIENCE_MS) };
  if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await request(path, options);
  if (!response.ok) throw await fault(response, isLogin);
  return response.status === 204 ? null : response.json();
}

/** `GET path?query`, values that are empty left out. */
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

/** Who is signed in, or null. */
export async function whoami() {
  try {
    return await call("GET", "login", undefined, true);
  } catch (error) {
    if (error.status === 401) return null;
    throw error;
  }
}

/** Signs in; a 401 is a wrong password here. */
export function signIn(password, name) {
  return call("POST", "login", { name, password }, true);
}

/** What is at a path beside the API, like /health/ready, whatever its status. */
export async function beside(path) {
  const response = await request(new URL(path, ROOT.origin), { signal: AbortSignal.timeout(PATIENCE_MS) });
  return response.json().catch(() => null);
}
