// The sign-in form. The password is sent once and not stored; the server sets a cookie that no script can read.

import { signIn } from "./api.js";
import { el, fill } from "./dom.js";
import { faultNote, field, folded } from "./components.js";
import { languageField } from "./language-field.js";
import { countdown, now } from "./times.js";
import { t } from "./i18n.js";

/** The default account name. It always exists, unless pairing.security.accounts is "server". */
const OPERATOR = "operator";

/** Shows the sign-in form in a node, and calls `enter` after a successful sign-in. */
export function showLogin(node, enter) {
  const password = el("input", {
    type: "password",
    name: "password",
    autocomplete: "current-password",
    required: true,
    maxlength: "1024",
  });
  // Password managers store a password together with a user name.
  const name = el("input", {
    type: "text",
    name: "username",
    autocomplete: "username",
    autocapitalize: "none",
    spellcheck: "false",
    maxlength: "256",
    value: OPERATOR,
  });
  const submit = el("button.button.main.wide", { type: "submit" }, t("sign_in"));
  const trouble = el("div", { "aria-live": "assertive" });
  const hint =
    t("the_initial_password_is_in");
  const other = folded(
    t("use_another_account"),
    field(t("name"), name, t("only_if_the_server_has")),
  );
  const form = el("form.form.card", {}, other, field(t("operator_password"), password, hint), trouble, submit);
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
          ? new Error(t("wrong_password_passwords_are_casesensitive"))
          : error,
      ),
    );
    password.focus();
    password.select();
  }

  function wait(seconds) {
    submit.disabled = true;
    const until = new Date(now() + seconds * 1000).toISOString();
    // Hidden from screen readers, which would read out every second.
    const clock = countdown(until, () => {
      submit.disabled = false;
      fill(trouble, el("p", {}, t("you_can_sign_in_again")));
      password.focus();
    });
    const message = t("too_many_sign_ins", { seconds });
    fill(trouble, faultNote({ message }, el("p.left", { "aria-hidden": "true" }, clock)));
  }

  const mark = el("img.mark", { src: "favicon.svg", alt: "", width: "44", height: "44" });
  fill(
    node,
    el(
      "section",
      { "aria-labelledby": "login-title" },
      mark,
      el("h1", { id: "login-title" }, t("sign_in_to_nexo_pairing")),
      form,
      languageField(),
    ),
  );
  password.focus();
}
