// At the entrance: what is typed or scanned is sent by itself. Without a network it waits on this device; each code
// leaves the queue when the server has answered, and the server counts a code that comes twice once.
//
// <form data-check-in="…"> with a field "code"; [data-check-in-answers] takes the answer, [data-check-in-waiting]
// says how many wait, [data-check-in-camera] is a button that appears where the page may use a camera. QR codes are read
// by the browser where it can, else by a reader of our own server that is fetched when the camera starts.

import { announce, fill } from "./live.js";

const AGAIN = 10_000;
const SAME_CODE = 5_000;
const LOOK = 250;

class CheckIn {
  constructor(form) {
    this.form = form;
    this.key = `ideenlab-unsent:check-in:${form.dataset.checkIn}`;
    this.answers = document.querySelector("[data-check-in-answers]");
    this.waiting = document.querySelector("[data-check-in-waiting]");
    this.queue = this.read();
    this.sending = false;
    form.addEventListener("submit", (event) => this.typed(event));
    window.addEventListener("online", () => this.send());
    setInterval(() => this.send(), AGAIN);
    this.show();
    this.send();
    this.camera = document.querySelector("[data-check-in-camera]");
    this.offerCamera();
  }

  read() {
    try { return JSON.parse(localStorage.getItem(this.key)) || []; } catch { return []; }
  }

  keep() {
    try {
      if (this.queue.length) localStorage.setItem(this.key, JSON.stringify(this.queue));
      else localStorage.removeItem(this.key);
    } catch { /* it waits in the page alone */ }
    this.show();
  }

  typed(event) {
    const field = this.form.elements.namedItem("code");
    if (!field.value.trim()) return; // the server says what is missing
    event.preventDefault();
    this.add(field.value);
    field.value = "";
    field.focus();
  }

  add(code) {
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    this.queue.push({ id, code: code.trim().slice(0, 300), at: Date.now() });
    this.keep();
    this.send();
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    while (this.queue.length && await this.sendFirst());
    this.sending = false;
    this.show();
  }

  // Whether there was an answer that settles it.
  async sendFirst() {
    const { id, code, at } = this.queue[0];
    const token = this.form.elements.namedItem("csrf_token")?.value || "";
    let answer;
    try {
      answer = await fetch(this.form.action, {
        method: "POST", credentials: "same-origin", redirect: "error", headers: { "X-Check-In": id },
        body: new URLSearchParams({ csrf_token: token, code, at: String(at) }),
      });
    } catch { return false; }
    if (answer.status !== 200 && answer.status !== 422) return this.refused(answer.status);
    this.answers.innerHTML = await answer.text();
    const figures = document.querySelector("[data-check-in-figures]");
    if (figures) figures.textContent = this.answers.querySelector("[data-figures]")?.dataset.figures || figures.textContent;
    this.queue = this.queue.filter((item) => item.id !== id);
    this.keep();
    announce(this.answers.textContent.trim());
    return true;
  }

  // Signed out, or the page is too old: what waits is kept and leaves when the page is opened anew.
  refused(status) {
    if (status === 400 || status === 401 || status === 403) this.waiting.textContent = this.waiting.dataset.textReload;
    return false;
  }

  show() {
    if (!this.waiting) return;
    const number = this.queue.length;
    this.waiting.hidden = number === 0;
    if (number) this.waiting.textContent = fill(this.waiting.dataset.text, { n: number });
  }

  offerCamera() {
    if (!this.camera) return;
    if (!navigator.mediaDevices?.getUserMedia) { this.tellCamera("textUnsafe"); return; }
    this.camera.hidden = false;
    this.camera.addEventListener("click", () => (this.stream ? this.stop() : this.start()));
  }

  tellCamera(text) {
    const place = document.querySelector("[data-check-in-camera-state]");
    place.textContent = this.camera.dataset[text] || "";
    place.hidden = !place.textContent;
    announce(place.textContent);
  }

  label(text) {
    this.camera.querySelector(".kern-label").textContent = this.camera.dataset[text];
  }

  async start() {
    this.camera.disabled = true; // until it runs: a second click would start it twice
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      this.reader = await qrReader();
    } catch {
      this.stop();
      this.tellCamera("textNoCamera");
      return;
    } finally {
      this.camera.disabled = false;
    }
    this.video = document.createElement("video");
    Object.assign(this.video, { srcObject: this.stream, muted: true, playsInline: true, className: "il-camera" });
    this.camera.before(this.video);
    this.label("textStop");
    this.tellCamera("textWatching");
    await this.video.play();
    this.look("", 0);
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.video?.remove();
    this.stream = this.video = null;
    this.label("textStart");
    this.tellCamera("");
  }

  // Four times a second, as long as the camera runs; the same code again only when it was away for a while.
  async look(last, seenAt) {
    if (!this.stream) return;
    const [found] = await this.reader.detect(this.video).catch(() => []);
    if (found && (found.rawValue !== last || Date.now() - seenAt > SAME_CODE)) this.add(found.rawValue);
    setTimeout(() => this.look(found ? found.rawValue : last, found ? Date.now() : seenAt), LOOK);
  }
}

async function qrReader() {
  const formats = ["qr_code"];
  const own = window.BarcodeDetector;
  if (own && (await own.getSupportedFormats()).includes(formats[0])) return new own({ formats });
  const { BarcodeDetector } = await import("./qr-reader.js");
  return new BarcodeDetector({ formats });
}

document.querySelectorAll("form[data-check-in]").forEach((form) => new CheckIn(form));
