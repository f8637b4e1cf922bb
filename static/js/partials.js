// Brings htmx to the pages that use it, and keeps its failures as honest as without JavaScript.

import { announce } from "./live.js";

// htmx begins when the document has been parsed, or at once in a complete page; brought in between the two, while a
// picture is still on its way, it would wait for ever. Until it is there, forms and links are plain ones.
const complete = new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  else window.addEventListener("load", resolve, { once: true });
});
export const ready = complete.then(() => new Promise((resolve) => {
  const script = document.createElement("script");
  script.src = document.querySelector("script[data-htmx]").dataset.htmx;
  script.onload = script.onerror = resolve;
  document.head.append(script);
}));

const failed = document.getElementById("live").dataset.failed;

// A refusal has a page of its own with reason and dates: send the form plainly, nothing was changed yet.
document.body.addEventListener("htmx:responseError", (event) => {
  const { xhr, elt } = event.detail;
  const form = elt.closest("form");
  if (xhr.status < 500 && form) HTMLFormElement.prototype.submit.call(form);
  else announce(failed);
});
document.body.addEventListener("htmx:sendError", () => announce(failed));
document.body.addEventListener("htmx:timeout", () => announce(failed));

// The button that was pressed may be replaced: the focus goes to what stands in its place.
document.body.addEventListener("htmx:afterSwap", (event) => {
  const fresh = event.detail.target;
  const focus = document.activeElement;
  if (focus && focus !== document.body) return;
  const place = fresh.isConnected ? fresh : document.getElementById(fresh.id);
  const next = place && place.querySelector("[data-focus-after], button, a[href], textarea, input:not([type=hidden])");
  if (next) next.focus();
});
