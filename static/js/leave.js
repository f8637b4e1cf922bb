// Asks before a half-typed form is left; forgets unsent values and kept ballots on this device when one signs out.

const UNSENT = "ideenlab-unsent:";

function contentOf(form) {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));
}

function guard(form) {
  let before = contentOf(form);
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  form.addEventListener("autosaved", () => { before = contentOf(form); });
  window.addEventListener("pageshow", () => { sending = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!sending && contentOf(form) !== before) event.preventDefault();
  });
}

function forgetUnsent() {
  if ("caches" in window) caches.delete("ballot-pages").catch(() => {});
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(UNSENT)) localStorage.removeItem(key);
  }
}

document.querySelectorAll("[data-confirm-leave]").forEach(guard);
document.querySelectorAll("[data-signs-out]").forEach((form) => form.addEventListener("submit", forgetUnsent));
