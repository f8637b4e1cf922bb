// A kiosk in a hall: after a while without a touch it asks, and without an answer it begins anew.

const dialog = document.querySelector("[data-idle]");
const home = dialog.dataset.idle;
const after = Number(dialog.dataset.after) * 1000;
const warning = Number(dialog.dataset.warning) * 1000;
let timer;

function typed() {
  return [...document.querySelectorAll("main input, main textarea")].some((field) => field.type !== "hidden" && (field.checked || (field.value !== field.defaultValue && field.type !== "checkbox")));
}

function beginAnew() {
  document.querySelectorAll("main form").forEach((form) => form.reset());
  window.location.replace(home);
}

function ask() {
  if ("stays" in dialog.dataset && !typed()) { wait(); return; }
  dialog.showModal();
  timer = setTimeout(beginAnew, warning);
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(ask, after);
}

function touched() {
  if (!dialog.open) wait();
}

dialog.addEventListener("close", wait);
["pointerdown", "keydown", "input", "scroll"].forEach((kind) => window.addEventListener(kind, touched, { passive: true }));
window.addEventListener("pageshow", (event) => { if (event.persisted) beginAnew(); });
wait();
