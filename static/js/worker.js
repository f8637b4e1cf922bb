// Without network a juror who loads a ballot again gets it as it was last saved. Nothing else of the site goes through
// here: the scope are the pages of the ballots. Pages go when somebody signs out, and after twelve hours.

const PAGES = "ballot-pages"; // also in start.js and kept.js
const FILES = "ballot-files";
const LONGEST = 12 * 3600_000;
const PATIENCE = 8000;
const MOST_FILES = 60;
const GATEWAY = [502, 503, 504]; // the way to the server is broken, not the page
const instead = new URL("ohne-netz", registration.scope).href;
const isBallot = (path) => /\/jury\/prototyp\/\d+$/.test(path);

addEventListener("install", (event) => {
  skipWaiting();
  // Without cookie: this page is the same for everybody.
  event.waitUntil(caches.open(FILES).then((cache) => cache.add(new Request(instead, { credentials: "omit" }))));
});

addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith("/static/vendor/")) event.respondWith(file(request));
  else if (isBallot(pathname) && (request.mode === "navigate" || request.headers.has("X-To-Be-Kept"))) event.respondWith(page(event, origin + pathname));
});

// Their names change with their content.
async function file(request) {
  const cache = await caches.open(FILES);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    for (const old of (await cache.keys()).filter(({ url }) => url !== instead).slice(0, -MOST_FILES)) await cache.delete(old);
    await cache.put(request, answer.clone());
  }
  return answer;
}

async function page(event, address) {
  const asked = fetch(event.request).then((answer) => { event.waitUntil(keep(address, answer.clone())); return answer; });
  event.waitUntil(asked.catch(() => {}));
  const kept = await find(address);
  if (!kept) return asked.catch(async () => (await caches.match(instead)) || Response.error());
  const late = new Promise((resolve) => { setTimeout(resolve, PATIENCE, kept); });
  const fresh = asked.then((answer) => (GATEWAY.includes(answer.status) ? kept : answer), () => kept);
  return Promise.race([fresh, late]);
}

async function find(address) {
  const cache = await caches.open(PAGES);
  const kept = await cache.match(address, { ignoreVary: true });
  if (!kept || Date.now() - Number(kept.headers.get("X-Kept-At")) < LONGEST) return kept;
  await cache.delete(address);
  return undefined;
}

async function keep(address, answer) {
  if (answer.type === "opaqueredirect" || answer.status === 401) return caches.delete(PAGES); // signed in no longer
  const cache = await caches.open(PAGES);
  if (answer.status >= 500) return true;
  if (!answer.ok || answer.redirected) return cache.delete(address);
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", Date.now());
  return cache.put(address, new Response(await answer.blob(), { headers }));
}
