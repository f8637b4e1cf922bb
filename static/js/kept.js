// Has the ballot pages kept on this device for when there is no network, and keeps a kept page as new as its last save.

import { isChoice, fields } from "./values.js";

const PAGES = "ballot-pages"; // also in start.js and worker.js
const mark = document.querySelector("[data-worker]");
const here = location.origin + location.pathname;

const scope = new URL("prototyp/", new URL(mark.dataset.worker, location.href));
const whose = new URL("wessen", scope);

// Somebody else may have come with a card of their own while this browser was signed in.
async function areTheirs() {
  const kept = await (await caches.open(PAGES)).match(whose);
  if (kept && await kept.text() === mark.dataset.person) return true;
  await caches.delete(PAGES);
  await (await caches.open(PAGES)).put(whose, new Response(mark.dataset.person));
  return false;
}

async function begin() {
  const theirs = await areTheirs();
  await navigator.serviceWorker.register(mark.dataset.worker, { scope });
  const { controller } = navigator.serviceWorker;
  if (!document.querySelector("[data-ballot]") || (theirs && controller)) return;
  // This ballot was loaded before anybody kept it.
  if (!controller) await new Promise((resolve) => { navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }); });
  const files = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(`${location.origin}/static/`));
  await Promise.all([fetch(here, { headers: { "X-To-Be-Kept": "1" } }), ...files.map((name) => fetch(name))]);
}

// What the server has now, written into the page as it would have written it.
async function renew({ revision, values, message, left }) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(here, { ignoreVary: true });
  if (!kept) return;
  const page = new DOMParser().parseFromString(await kept.text(), "text/html");
  const form = page.querySelector("form[data-ballot]");
  if (!form) return;
  const pairs = JSON.parse(values);
  for (const field of fields(form)) {
    if (isChoice(field)) field.toggleAttribute("checked", pairs.some(([name, value]) => name === field.name && value === field.value));
    else {
      const value = pairs.find(([name]) => name === field.name)?.[1] ?? "";
      if (field.tagName === "TEXTAREA") field.textContent = value;
      else field.setAttribute("value", value);
    }
  }
  form.elements.namedItem("revision").setAttribute("value", revision);
  form.querySelector("[data-autosave-state]").textContent = message;
  form.querySelectorAll("[data-ballot-left], [data-autosave-left]").forEach((line) => { line.textContent = left; });
  await cache.put(here, new Response(`<!doctype html>\n${page.documentElement.outerHTML}`, { headers: kept.headers }));
}

if ("serviceWorker" in navigator && "caches" in window) {
  begin().catch(() => {}); // then it is as it was without: what is typed lies on the device all the same
  let last = Promise.resolve();
  document.querySelector("form[data-ballot]")?.addEventListener("autosaved", ({ detail }) => {
    last = last.then(() => renew(detail)).catch(() => {});
  });
}
