// Dialogs. The browser's <dialog> keeps the focus inside, closes on Escape and restores the focus.

import { button, el, freshId } from "./dom.js";
import { faultNote } from "./components.js";
import { t } from "./i18n.js";

/**
 * Shows a form in a dialog.
 * @param {string} title
 * @param {Node[]} content
 * @param {string} verb the label of the submit button
 * @param {() => Promise<boolean|void>} run shows the error that it throws; false keeps the dialog open
 * @param {{grave?: boolean, closed?: () => void}} style whether the action is grave, and what is called at the end
 */
export function ask(title, content, verb, run, { grave = false, closed = () => {} } = {}) {
  const id = freshId("dialog");
  const trouble = el("div", {});
  const submit = el("button.button" + (grave ? ".grave" : ".main"), { type: "submit" }, verb);
  const form = el(
    "form.form",
    { method: "dialog", novalidate: true },
    el("h2", { id }, title),
    content,
    trouble,
    el(
      "div.row",
      {},
      button(t("cancel"), () => dialog.close(), { kind: "plain" }),
      submit,
    ),
  );
  const dialog = el("dialog", { "aria-labelledby": id }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submit.disabled) return;
    submit.disabled = true;
    trouble.replaceChildren();
    try {
      if ((await run()) !== false) dialog.close();
    } catch (error) {
      if (error.status === 401) dialog.close();
      else trouble.replaceChildren(faultNote(error));
    } finally {
      submit.disabled = false;
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    closed();
  });
  document.body.append(dialog);
  dialog.showModal();
}
