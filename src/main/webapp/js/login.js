// The login. The password goes to the server once and is kept nowhere; the answer is a cookie that no script can read.

import { signIn } from "./api.js";
import { el, fill } from "./dom.js";
import { faultNote, field, folded } from "./components.js";
import { countdown, now } from "./times.js";

/** The account that there always is, unless accounts are those of the server. */
const OPERATOR = "operator";

/** Shows the login in a node and calls `enter` when it has succeeded. */
export function showLogin(node, enter) {
  const password = el("input", {
    type: "password",
    name: "password",
    autocomplete: "current-password",
    required: true,
    maxlength: "1024",
  });
  // Password managers file a password under a name.
  const name = el("input", {
    type: "text",
    name: "username",
    autocomplete: "username",
    autocapitalize: "none",
    spellcheck: "false",
    maxlength: "256",
    value: OPERATOR,
  });
  const submit = el("button.button.main.wide", { type: "submit" }, "Sign in");
  const trouble = el("div", { "aria-live": "assertive" });
  const hint =
    "The first start of the server says where the first password lies: ~/.nexo/secret/operator.password there, unless it has a home of its own.";
  const other = folded(
    "Sign in under another name",
    field("Name", name, "Where accounts are those of the server, yours."),
  );
  const form = el("form.form.card", {}, other, field("Operator's password", password, hint), trouble, submit);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    fill(trouble);
    try {
      await signIn(password.value, name.value.trim() || OPERATOR);
      password.value = "";
      enter();
    } catch (error) {
      submit.disabled = false;
      refuse(error);
    }
  });

  function refuse(error) {
    if (error.status === 429) return wait(error.retryAfter || 60);
    password.setAttribute("aria-invalid", "true");
    fill(
      trouble,
      faultNote(
        error.status === 401
          ? new Error("That is not the password. Look it up where the server keeps it, and mind capitals.")
          : error,
      ),
    );
    password.focus();
    password.select();
  }

  function wait(seconds) {
    submit.disabled = true;
    const until = new Date(now() + seconds * 1000).toISOString();
    // The seconds that run are hidden from screen readers, which would read them out without end.
    const clock = countdown(until, () => {
      submit.disabled = false;
      fill(trouble, el("p", {}, "You can try again now."));
      password.focus();
    });
    const words =
      "Too many failed logins from this address; the right password is refused, too. Try again in ";
    fill(
      trouble,
      faultNote({ message: words + seconds + " s." }, el("p.left", { "aria-hidden": "true" }, clock)),
    );
  }

  const mark = el("img.mark", { src: "favicon.svg", alt: "", width: "44", height: "44" });
  fill(
    node,
    el(
      "section",
      { "aria-labelledby": "login-title" },
      mark,
      el("h1", { id: "login-title" }, "Sign in to Nexo pairing"),
      form,
    ),
  );
  password.focus();
}
