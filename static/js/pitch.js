// The stage: how much time a team has left, by the server's clock, and the keys that turn the slides.

const timer = document.querySelector("[data-pitch-ends]");

function shown(seconds) {
  const whole = Math.abs(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

if (timer) {
  const behind = new Date(timer.dataset.now) - Date.now();
  const ends = new Date(timer.dataset.pitchEnds);
  const tick = () => {
    const left = Math.ceil((ends - Date.now() - behind) / 1000);
    timer.textContent = left >= 0 ? shown(left) : `+${shown(left)} ${timer.dataset.over}`;
    timer.classList.toggle("il-slide__timer--over", left <= 0);
  };
  tick();
  setInterval(tick, 250);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, select")) return;
  const link = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key.split(" ").includes(event.key));
  if (link) {
    event.preventDefault();
    link.click();
  }
});
