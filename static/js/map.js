// A mark on the city's outline: by pointer or arrow keys. What it says goes into two hidden fields and the list of districts.

import { announce, fill } from "./live.js";

const MICRO = 1e6;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function begin(field) {
  const sheet = field.querySelector(".il-mapfield__sheet");
  const svg = sheet.querySelector("svg");
  const pin = svg.querySelector(".il-map__pin");
  const said = field.querySelector("#map-said");
  const clear = field.querySelector("[data-map-clear]");
  const nothing = said.textContent;
  const { width, height } = svg.viewBox.baseVal;
  const number = (name) => Number(field.dataset[name]);
  const latitude = document.getElementById(field.dataset.latitude);
  const longitude = document.getElementById(field.dataset.longitude);
  const select = document.getElementById(field.dataset.select);
  const parts = [...svg.querySelectorAll("[data-district]")];
  const east = (number("east") - number("west")) / width;
  const south = (number("north") - number("south")) / height;
  let at = null;
  let chosenHere = null;

  function partAt({ x, y }) {
    const point = svg.createSVGPoint();
    point.x = x;
    point.y = y;
    return parts.find((part) => part.isPointInFill(point));
  }

  function show() {
    sheet.toggleAttribute("data-marked", at !== null);
    clear.hidden = at === null;
    const part = at && partAt(at);
    parts.forEach((each) => each.classList.toggle("il-map__part--chosen", each === part));
    if (!at) {
      said.textContent = nothing;
      return;
    }
    pin.setAttribute("transform", `translate(${at.x} ${at.y})`);
    said.textContent = fill(field.dataset.textAt, { district: part ? part.dataset.title : field.dataset.textOutside });
  }

  function mark(x, y) {
    at = { x: Math.min(Math.max(x, 0), width), y: Math.min(Math.max(y, 0), height) };
    longitude.value = Math.round((number("west") + at.x * east) * MICRO);
    latitude.value = Math.round((number("north") - at.y * south) * MICRO);
    const part = partAt(at);
    // The district follows the mark as long as nobody chose another one by hand.
    if (part && select && (select.value === "" || select.value === chosenHere)) {
      select.value = part.dataset.district;
      chosenHere = select.value;
    }
    show();
    announce(said.textContent);
  }

  function remove() {
    at = null;
    latitude.value = "";
    longitude.value = "";
    show();
    announce(field.dataset.textGone);
    sheet.focus();
  }

  sheet.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    mark(((event.clientX - box.left) / box.width) * width, ((event.clientY - box.top) / box.height) * height);
  });
  sheet.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step) {
      const far = event.shiftKey ? 100 : 10;
      const from = at || { x: width / 2 - step[0] * far, y: height / 2 - step[1] * far };
      mark(from.x + step[0] * far, from.y + step[1] * far);
    } else if ((event.key === "Delete" || event.key === "Backspace") && at) remove();
    else return;
    event.preventDefault();
  });
  clear.addEventListener("click", remove);

  if (latitude.value && longitude.value) {
    at = { x: (longitude.value / MICRO - number("west")) / east, y: (number("north") - latitude.value / MICRO) / south };
  }
  field.hidden = false;
  show();
}

document.querySelectorAll("[data-map]").forEach(begin);
