// Counts down to a moment of the server's clock. The page says which time the server had when it wrote it;
// how wrong this device's clock is follows from that. What the server decides does not depend on this.

const answered = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;
const started = Date.now() - performance.now() + answered; // by this device's clock, however wrong it is
const two = (number) => String(number).padStart(2, "0");

const left = (seconds) => [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(Math.floor).map(two).join(":");

function show(place) {
  const server = Date.parse(place.dataset.now) + Date.now() - started;
  const seconds = Math.ceil((Date.parse(place.querySelector("time").dateTime) - server) / 1000);
  const clock = place.querySelector("[data-clock]");
  if (seconds >= 86400) return; // the sentence beside it is exact enough
  clock.hidden = false;
  clock.textContent = seconds > 0 ? left(seconds) : place.dataset.over;
  if (seconds <= 0) place.dataset.done = "yes";
}

const places = [...document.querySelectorAll("[data-countdown]")];
const tick = () => places.filter((place) => !place.dataset.done).forEach(show);
tick();
setInterval(tick, 1000);
