// Sends files in pieces of at most 8 MB, in the words of tus 1.0.0, with a bar, a pause, a second try for a piece that
// was lost, and a way to go on after the page was left: the same file chosen again continues where it stopped.
//
// POST <data-upload-url> → 201 Location; PATCH with Upload-Offset and the bytes → 204 Upload-Offset; HEAD → Upload-Offset;
// DELETE gives it up. Beside tus, GET gives {item}: the <li> of a whole file. What is refused is told as {message}.

import { announce, fill } from "./live.js";

const PIECE = 8 * 1024 * 1024;
const LONGEST_WAIT = 30;
const KEPT = "ideenlab-unsent:upload:"; // which state of a file an upload began with
const token = () => document.querySelector('meta[name="csrf-token"]')?.content || "";
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}
class Stopped extends Error {}

function ask(method, url, { body = null, headers = {}, onprogress = null, onstart = () => {} } = {}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.responseType = "json";
    request.timeout = 120_000;
    const all = { Accept: "application/json", "X-CSRFToken": token(), "Tus-Resumable": "1.0.0", ...headers };
    for (const [name, value] of Object.entries(all)) request.setRequestHeader(name, value);
    if (onprogress) request.upload.onprogress = onprogress;
    request.onload = () => {
      const told = request.response || {};
      const offset = request.getResponseHeader("Upload-Offset");
      const answer = { ...told, url: request.getResponseHeader("Location"), ...(offset !== null && { offset: Number(offset) }) };
      if (request.status < 300 && !request.getResponseHeader("Tus-Resumable")) reject(new Refused(401, "")); // the page to sign in
      else if (request.status < 300) resolve(answer);
      else if (request.status >= 500 || request.status === 408 || request.status === 429) reject(new Error(String(request.status)));
      else if (request.status === 409 && answer.offset !== undefined) resolve(answer);
      else reject(new Refused(request.status, told.message || ""));
    };
    request.onerror = request.ontimeout = () => reject(new Error("network"));
    request.onabort = () => reject(new Stopped());
    onstart(request);
    request.send(body);
  });
}

function store(deed) {
  try { return deed(localStorage); } catch { return null; } // a full or forbidden store: it only helps
}

class Upload {
  constructor(box, file, begun = null) {
    this.box = box;
    this.texts = box.dataset;
    this.file = file;
    this.offset = 0;
    this.paused = false;
    this.cancelled = false;
    this.url = begun?.dataset.upload || null;
    this.again = this.url !== null;
    this.draw(begun);
  }

  draw(begun) {
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
    if (begun) begun.replaceWith(this.item);
    else this.box.querySelector(".il-files").append(this.item);
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
    this.forget();
    this.tools.remove();
    this.bar.remove();
    this.say("cancelled", this.texts.textCancelled);
    announce(`${this.file.name}: ${this.texts.textCancelled}`);
  }

  forget() {
    if (this.url) store((kept) => kept.removeItem(KEPT + this.url));
  }

  moved(sent) {
    this.bar.value = Math.min(this.file.size, this.offset + sent);
    const seconds = (performance.now() - this.began) / 1000;
    const rate = (this.bar.value - this.beganAt) / seconds;
    const left = rate > 0 ? Math.ceil((this.file.size - this.bar.value) / rate) : 0;
    const shown = left < 90 ? fill(this.texts.textSeconds, { n: left }) : fill(this.texts.textMinutes, { n: Math.ceil(left / 60) });
    this.say("sending", fill(this.texts.textSending, { percent: this.percent, left: shown }));
  }

  async piece() {
    const part = this.file.slice(this.offset, this.offset + PIECE);
    const told = await ask("PATCH", this.url, {
      body: part,
      headers: { "Upload-Offset": String(this.offset), "Content-Type": "application/offset+octet-stream" },
      onprogress: (event) => this.moved(event.loaded),
      onstart: (request) => { this.request = request; },
    });
    this.offset = told.offset;
    this.moved(0);
  }

  async sleep(seconds) {
    for (let left = seconds; left > 0 && !this.cancelled && !this.paused; left -= 1) {
      this.say("retry", fill(this.texts.textRetry, { seconds: left }));
      await Promise.race([wait(1000), new Promise((resolve) => { this.wake = resolve; })]);
    }
    if (this.paused) await new Promise((resolve) => { this.wake = resolve; });
  }

  async start() {
    const metadata = `filename ${base64(this.file.name)},filetype ${base64(this.file.type || "application/octet-stream")}`;
    const told = await ask("POST", this.texts.uploadUrl, { headers: { "Upload-Length": String(this.file.size), "Upload-Metadata": metadata } });
    this.url = told.url;
    this.offset = 0;
    store((kept) => kept.setItem(KEPT + this.url, String(this.file.lastModified)));
  }

  // What did arrive? An upload that was given up meanwhile begins anew; a file that was changed since does too.
  async lookUp() {
    const before = store((kept) => kept.getItem(KEPT + this.url));
    try {
      if (before !== null && before !== String(this.file.lastModified)) {
        await ask("DELETE", this.url);
        throw new Refused(404, "");
      }
      this.offset = (await ask("HEAD", this.url)).offset;
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 404) throw error;
      this.forget();
      await this.start();
    }
    this.again = false;
    this.began = performance.now();
    this.beganAt = this.offset;
  }

  async run() {
    this.began = performance.now();
    this.beganAt = 0;
    for (let tries = 0; !this.cancelled; ) {
      try {
        if (!this.url) await this.start();
        else if (tries > 0 || this.again) await this.lookUp();
        while (this.offset < this.file.size && !this.cancelled && !this.paused) {
          await this.piece();
          tries = 0;
        }
        if (this.offset >= this.file.size && !this.cancelled) return this.done(await ask("GET", this.url));
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
    this.forget();
    this.tools.remove();
    this.bar.remove();
    this.say("done", this.texts.textDone);
    announce(`${this.file.name}: ${this.texts.textDone}`);
    this.box.dispatchEvent(new CustomEvent("uploaded", { bubbles: true, detail: told }));
    if (told.item) this.item.outerHTML = told.item;
  }

  failed(reason) {
    this.forget();
    this.tools.remove();
    this.bar.remove();
    this.say("failed", fill(this.texts.textFailed, { reason: reason || this.texts.textRefused }));
    announce(`${this.file.name}: ${this.state.textContent}`);
  }
}

let running = 0;

const begunWith = (box, file) => [...box.querySelectorAll("[data-upload]")].find((item) => item.dataset.name === file.name && Number(item.dataset.size) === file.size);

async function takeAll(box, files) {
  const uploads = [...files].map((file) => new Upload(box, file, begunWith(box, file)));
  running += 1;
  for (const upload of uploads) await upload.run();
  running -= 1;
}

// An upload that this person began earlier: a button asks for the same file again.
function offer(box, item) {
  const input = Object.assign(document.createElement("input"), { type: "file", hidden: true });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: box.dataset.labelResume });
  button.setAttribute("aria-label", `${box.dataset.labelResume}: ${item.dataset.name}`);
  button.addEventListener("click", () => input.click());
  input.setAttribute("aria-label", `${box.dataset.labelResume}: ${item.dataset.name}`);
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (file && begunWith(box, file) === item) takeAll(box, [file]);
    else if (file) {
      item.querySelector(".il-file__state").textContent = fill(box.dataset.textOther, { name: item.dataset.name });
      announce(fill(box.dataset.textOther, { name: item.dataset.name }));
    }
    input.value = "";
  });
  item.querySelector(".il-file__tools").prepend(button, input);
}

document.querySelectorAll("[data-upload-url]").forEach((box) => {
  const input = box.querySelector('input[type="file"]');
  input.addEventListener("change", () => {
    takeAll(box, [...input.files]);
    input.value = ""; // the form itself does not send them a second time
  });
  box.querySelectorAll("[data-upload]").forEach((item) => offer(box, item));
  for (const name of ["dragenter", "dragover"]) box.addEventListener(name, (event) => { event.preventDefault(); box.toggleAttribute("data-dropping", true); });
  for (const name of ["dragleave", "drop"]) box.addEventListener(name, () => box.toggleAttribute("data-dropping", false));
  box.addEventListener("drop", (event) => { event.preventDefault(); takeAll(box, event.dataTransfer.files); });
});

window.addEventListener("beforeunload", (event) => { if (running) event.preventDefault(); });
