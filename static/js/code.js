// A code that came in the part of an address that no server is sent (#code=…): it fills the field and leaves the
// address. Where one has to sign in first, it waits in this window for the page one was on the way to.

const KEY = "ideenlab-code";
const KEPT = 15 * 60 * 1000;

function taken() {
  const address = new URL(location.href);
  const inFragment = new URLSearchParams(address.hash.slice(1)).get("code");
  if (inFragment === null && !address.searchParams.has("code")) return "";
  address.searchParams.delete("code"); // as it was printed once; the server has filled the field
  if (inFragment !== null) address.hash = "";
  history.replaceState(history.state, "", address.href.replace(/#$/, ""));
  return (inFragment ?? "").slice(0, 40);
}

function keep(code) {
  const path = new URLSearchParams(location.search).get("next");
  if (path) sessionStorage.setItem(KEY, JSON.stringify({ code, path: path.split(/[?#]/)[0], at: Date.now() }));
}

function kept() {
  const { code, path, at } = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  if (path !== location.pathname) return "";
  sessionStorage.removeItem(KEY);
  return Date.now() - at < KEPT ? code : "";
}

function arrive() {
  const field = document.querySelector("[data-code]");
  const code = taken();
  if (!field) return code && keep(code);
  const found = code || kept();
  if (found) field.value = found;
}

arrive();
window.addEventListener("hashchange", arrive);
