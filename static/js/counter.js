// Counts what is left while one types; announces it only near the end and after a pause.

import { announce, fill } from "./live.js";

function lengthOf(text) {
  return Array.from(text.replace(/\r\n/g, "\n")).length;
}

function watch(field) {
  const limit = Number(field.dataset.counter);
  const line = document.getElementById(`${field.id}-count`);
  if (!limit || !line) return;
  let waiting;
  const show = (aloud) => {
    const left = limit - lengthOf(field.value);
    const text = fill(left < 0 ? line.dataset.over : line.dataset.left, { n: Math.abs(left).toLocaleString(document.documentElement.lang) });
    line.textContent = text;
    line.classList.toggle("il-count--over", left < 0);
    clearTimeout(waiting);
    if (aloud && left < limit / 10) waiting = setTimeout(() => announce(text), 1200);
  };
  field.addEventListener("input", () => show(true));
  show(false);
}

document.querySelectorAll("[data-counter]").forEach(watch);
