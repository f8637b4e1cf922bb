// Sends files in pieces of at most 8 MB, with a bar, a pause, and a second try for a piece that was lost.
//
// POST <data-upload-url> {name, size, type} → 201 {id, url, offset}; PATCH url with Upload-Offset and the bytes →
// {offset}, at the end also {item} (the <li> to show) ; GET url → {offset}; DELETE url gives it up.

import { announce, fill } from "./live.js";

const PIECE = 8 * 1024 * 1024;
const LONGEST_WAIT = 30;
const token = () => document.querySelector('meta[name="csrf-token"]')?.content || "";
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

class Refused extends Error {}
class Stopped extends Error {}

function ask(method, url, { body = null, headers = {}, onprogress = null, onstart = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "json";
    request.timeout = 120_000;
    for (const [name, value] of Object.entries({ Accept: "application/json", "X-CSRFToken": token(), ...headers })) request.setRequestHeader(name, value);
    if (onprogress) request.upload.onprogress = onprogress;
    request.onload = () => {
      const told = request.response || {};
      if (request.status < 300) resolve(told);
      else if (request.status >= 500 || request.status === 408 || request.status === 429) reject(new Error(String(request.status)));
      else if (request.status === 409 && told.offset !== undefined) resolve(told);
      else reject(new Refused(told.message || ""));
    };
    request.onerror = request.ontimeout = () => reject(new Error("network"));
    request.onabort = () => reject(new Stopped());
    onstart(request);
    request.send(body);
  });
}

class Upload {
  constructor(box, file) {
    this.box = box;
    this.texts = box.dataset;
    this.file = file;
    this.offset = 0;
    this.paused = false;
    this.cancelled = false;
    this.draw();
  }

  draw() {
    this.item = document.createElement("li");
    this.item.className = "il-file";
    this.icon = Object.assign(document.createElement("span"), { className: "il-icon il-icon--file" });
    this.icon.setAttribute("aria-hidden", "true");
    this.name = Object.assign(document.createElement("span"), { className: "il-file__name", textContent: this.file.name });
    this.tools = Object.assign(document.createElement("span"), { className: "il-file__tools" });
    this.pauseButton = this.button(this.texts.labelPause, () => this.toggle());
    this.cancelButton = this.button(this.texts.labelCancel, () => this.cancel());
    this.bar = Object.assign(document.createElement("progress"), { max: this.file.size || 1, value: 0 });
    this.bar.setAttribute("aria-label", this.file.name);
    this.state = Object.assign(document.createElement("span"), { className: "il-file__state" });
    this.item.append(this.icon, this.name, this.tools, this.bar, this.state);
    this.box.querySelector(".il-files").append(this.item);
    this.say("waiting", this.texts.textWaiting);
  }

  button(text, action) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    button.setAttribute("aria-label", `${text}: ${this.file.name}`);
    button.addEventListener("click", action);
    this.tools.append(button);
    return button;
  }

  say(state, text) {
    this.item.dataset.state = state;
    this.state.textContent = text;
  }

  get percent() {
    return this.file.size ? Math.floor((this.bar.value / this.file.size) * 100) : 100;
  }

  toggle() {
    this.paused = !this.paused;
    const label = this.paused ? this.texts.labelResume : this.texts.labelPause;
    this.pauseButton.textContent = label;
    this.pauseButton.setAttribute("aria-label", `${label}: ${this.file.name}`);
    if (this.paused) {
      this.request?.abort();
      this.say("paused", fill(this.texts.textPaused, { percent: this.percent }));
    } else this.wake?.();
  }

  cancel() {
    this.cancelled = true;
    this.request?.abort();
    this.wake?.();
    if (this.url) ask("DELETE", this.url).catch(() => {}); // the janitor takes what stays behind
    this.tools.remove();
    this.bar.remove();
    this.say("cancelled", this.texts.textCancelled);
    announce(`${this.file.name}: ${this.texts.textCancelled}`);
  }

  moved(sent) {
    this.bar.value = Math.min(this.file.size, this.offset + sent);
    const seconds = (performance.now() - this.began) / 1000;
    const rate = (this.bar.value - this.beganAt) / seconds;
    const left = rate > 0 ? Math.ceil((this.file.size - this.bar.value) / rate) : 0;
    const shown = left < 90 ? fill(this.texts.textSeconds, { n: left }) : fill(this.texts.textMinutes, { n: Math.ceil(left / 60) });
    if (!this.paused) this.say("sending", fill(this.texts.textSending, { percent: this.percent, left: shown }));
  }

  async piece() {
    const part = this.file.slice(this.offset, this.offset + PIECE);
    const told = await ask("PATCH", this.url, {
      body: part,
      headers: { "Upload-Offset": String(this.offset), "Content-Type": "application/octet-stream" },
      onprogress: (event) => this.moved(event.loaded),
      onstart: (request) => { this.request = request; },
    });
    this.offset = told.offset;
    this.moved(0);
    return told;
  }

  async sleep(seconds) {
    for (let left = seconds; left > 0 && !this.cancelled && !this.paused; left -= 1) {
      this.say("retry", fill(this.texts.textRetry, { seconds: left }));
      await Promise.race([wait(1000), new Promise((resolve) => { this.wake = resolve; })]);
    }
    if (this.paused) await new Promise((resolve) => { this.wake = resolve; });
  }

  async start() {
    const { name, size, type } = this.file;
    const told = await ask("POST", this.texts.uploadUrl, { body: JSON.stringify({ name, size, type }), headers: { "Content-Type": "application/json" } });
    this.url = told.url;
    this.offset = told.offset;
    return told;
  }

  async run() {
    this.began = performance.now();
    this.beganAt = 0;
    let told = {};
    for (let tries = 0; !this.cancelled; ) {
      try {
        if (!this.url) told = await this.start();
        else if (tries > 0 || this.again) {
          this.offset = (await ask("GET", this.url)).offset; // what did arrive of the lost piece?
          this.again = false;
          this.began = performance.now();
          this.beganAt = this.offset;
        }
        while (this.offset < this.file.size && !this.cancelled && !this.paused) {
          told = await this.piece();
          tries = 0;
        }
        if (this.offset >= this.file.size && !this.cancelled) return this.done(told);
        if (this.paused) { this.again = true; await this.sleep(0); }
      } catch (error) {
        if (error instanceof Refused) return this.failed(error.message);
        if (!(error instanceof Stopped)) tries += 1;
        this.again = true;
        await this.sleep(error instanceof Stopped ? 0 : Math.min(LONGEST_WAIT, 2 ** (tries - 1)));
      }
    }
    return undefined;
  }

  done(told) {
    this.tools.remove();
    this.bar.remove();
    this.say("done", this.texts.textDone);
    announce(`${this.file.name}: ${this.texts.textDone}`);
    this.box.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: told }));
    if (told.item) this.item.outerHTML = told.item;
  }

  failed(reason) {
    this.tools.remove();
    this.bar.remove();
    this.say("failed", fill(this.texts.textFailed, { reason: reason || this.texts.textRefused }));
    announce(`${this.file.name}: ${this.state.textContent}`);
  }
}

let running = 0;

async function takeAll(box, files) {
  const uploads = [...files].map((file) => new Upload(box, file));
  running += 1;
  for (const upload of uploads) await upload.run();
  running -= 1;
}

document.querySelectorAll("[data-upload-url]").forEach((box) => {
  const input = box.querySelector('input[type="file"]');
  input.addEventListener("change", () => {
    takeAll(box, [...input.files]);
    input.value = ""; // the form itself does not send them a second time
  });
  for (const name of ["dragenter", "dragover"]) box.addEventListener(name, (event) => { event.preventDefault(); box.toggleAttribute("data-dropping", true); });
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.toggleAttribute("data-dropping", false));
  box.addEventListener("drop", (event) => { event.preventDefault(); takeAll(box, event.dataTransfer.files); });
});

window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
