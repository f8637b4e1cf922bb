// The live wall asks every few seconds whether there is something new, and can be stopped.

const place = document.querySelector("[data-wall]");
const button = document.querySelector("[data-wall-pause]");
const state = document.querySelector("[data-wall-state]");
let version = place.dataset.version;
let running = true;

async function ask() {
  if (!running || document.hidden) return;
  try {
    const answer = await fetch(place.dataset.wall, {
      credentials: place.dataset.steers ? "same-origin" : "omit",
      cache: "no-store",
      headers: { "If-None-Match": version },
    });
    if (answer.status === 200) {
      const etag = answer.headers.get("ETag");
      if (etag !== version) place.innerHTML = await answer.text();
      version = etag;
    }
    if (answer.ok || answer.status === 304) state.textContent = state.dataset.running;
    else state.textContent = state.dataset.failed;
  } catch {
    state.textContent = state.dataset.failed;
  }
}

button.hidden = false;
button.addEventListener("click", () => {
  running = !running;
  button.setAttribute("aria-pressed", String(!running));
  button.querySelector(".kern-label").textContent = running ? button.dataset.stop : button.dataset.go;
  state.textContent = running ? state.dataset.running : state.dataset.stopped;
  ask();
});
state.textContent = state.dataset.running;
setInterval(ask, Number(place.dataset.seconds) * 1000);
