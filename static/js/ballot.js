// A ballot counts by itself what is still open, also without network, and shows two versions when two were saved.

import { fill } from "./live.js";

const make = (tag, values) => Object.assign(document.createElement(tag), values);

// A criterion is open without points, and with "no answer" as long as nobody says why.
function isOpen(criterion) {
  const chosen = criterion.querySelector("input[type=radio]:checked");
  if (!chosen) return true;
  return chosen.value === "none" && !criterion.querySelector("input[type=text]").value.trim();
}

function count(form, line) {
  const criteria = [...form.querySelectorAll(".il-criterion")].filter((part) => part.querySelector("input[type=radio]"));
  const left = criteria.filter(isOpen).length;
  const { none, one, many } = line.dataset;
  line.textContent = left === 0 ? none : left === 1 ? one : fill(many, { n: left });
}

function version(heading, pairs) {
  const list = make("dl", { className: "il-summary" });
  for (const [label, text] of pairs) {
    const row = make("div", {});
    row.append(make("dt", { textContent: label }), make("dd", { className: "il-verbatim", textContent: text }));
    list.append(row);
  }
  const part = make("section", { className: "il-stack" });
  part.append(make("h3", { className: "kern-heading-small", textContent: heading }), list);
  return part;
}

function button(text, kind, press) {
  const made = make("button", { type: "button", className: `kern-btn kern-btn--${kind}` });
  made.append(make("span", { className: "kern-label", textContent: text }));
  made.addEventListener("click", press);
  return made;
}

function ask(form, { told, autosave }) {
  const texts = form.dataset;
  form.querySelector(".il-ballot__versions")?.remove();
  const box = make("section", { className: "il-ballot__versions il-stack", tabIndex: -1 });
  const heading = make("h2", { className: "il-subtitle", textContent: told.message, id: "versions" });
  box.setAttribute("aria-labelledby", heading.id);
  const both = make("div", { className: "il-columns" });
  both.append(version(texts.textMine, told.mine), version(texts.textStored, told.stored));
  const buttons = make("div", { className: "il-buttons" });
  if (told.stored_revision !== undefined) buttons.append(button(texts.textKeep, "secondary", () => { box.remove(); autosave.replace(told.stored_revision); }));
  buttons.append(button(texts.textTake, "secondary", () => { autosave.forget(); location.assign(told.url); }));
  box.append(heading, both, buttons);
  form.querySelector(".il-ballot__bar").before(box);
  box.focus();
}

document.querySelectorAll("form[data-ballot]").forEach((form) => {
  const line = form.querySelector("[data-ballot-left]");
  const again = () => count(form, line);
  form.addEventListener("change", again);
  form.addEventListener("input", again);
  form.addEventListener("autosaved", again);
  form.addEventListener("autosaveconflict", (event) => { event.preventDefault(); ask(form, event.detail); });
  setTimeout(again, 0); // after the values of this device were put in
});
