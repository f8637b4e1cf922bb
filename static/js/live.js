// Says something once in the page's one polite live region.

const region = document.getElementById("live");
let clearing;

export function announce(text) {
  if (!region || !text) return;
  clearTimeout(clearing);
  region.textContent = "";
  // A screen reader hears a change only when the region was empty before.
  setTimeout(() => { region.textContent = text; }, 50);
  clearing = setTimeout(() => { region.textContent = ""; }, 10_000);
}

export function fill(template, values) {
  return (template || "").replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

document.body.addEventListener("announce", (event) => {
  announce(typeof event.detail === "string" ? event.detail : event.detail.value);
});
