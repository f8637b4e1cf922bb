// Shows similar ideas while a title is typed. It is only a hint: where it fails, nothing is said and nothing is lost.

import { announce } from "./live.js";

const PAUSE = 400;
const SHORTEST = 4;

function watch(box) {
  const field = document.getElementById(box.dataset.similarField);
  if (!field) return;
  let timer, asked = field.value.trim(), running = null;

  async function ask(text) {
    running?.abort();
    const mine = new AbortController();
    running = mine;
    const address = new URL(box.dataset.similarUrl, location.href);
    address.searchParams.set("titel", text);
    try {
      const answer = await fetch(address, { headers: { "X-Part": "1" }, credentials: "same-origin", signal: mine.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (running !== mine) return;
      const had = box.querySelector("li") !== null;
      box.replaceChildren(...page.body.childNodes);
      if (had || box.querySelector("li")) announce(JSON.parse(answer.headers.get("X-Announce")));
    } catch { /* aborted, or no network */ }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const text = field.value.trim();
      if (text === asked) return;
      asked = text;
      if (text.length >= SHORTEST) ask(text);
      else { running?.abort(); box.replaceChildren(); }
    }, PAUSE);
  });
}

document.querySelectorAll("[data-similar-url]").forEach(watch);
