// At the entrance: what is typed or scanned is sent by itself. Without a network it waits on this device; each code
// leaves the queue when the server has answered, and the server counts a code that comes twice once.
//
// <form data-check-in="…"> with a field "code"; [data-check-in-answers] takes the answer, [data-check-in-waiting]
// says how many wait, [data-check-in-camera] is a button that appears where the browser reads QR codes.

import { announce, fill } from "./live.js";

const AGAIN = 10_000;
const SAME_CODE = 5_000;

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
    this.offerCamera(document.querySelector("[data-check-in-camera]"));
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

  offerCamera(button) {
    if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
    button.hidden = false;
    button.addEventListener("click", () => this.watch(button).catch(() => announce(button.dataset.textNoCamera)));
  }

  async watch(button) {
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    const video = document.createElement("video");
    Object.assign(video, { srcObject: stream, muted: true, playsInline: true, className: "il-camera" });
    button.replaceWith(video);
    await video.play();
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    let last = "";
    let seenAt = 0;
    const look = async () => {
      const [found] = await detector.detect(video).catch(() => []);
      if (found && (found.rawValue !== last || Date.now() - seenAt > SAME_CODE)) {
        last = found.rawValue;
        seenAt = Date.now();
        this.add(found.rawValue);
      }
      setTimeout(look, 250);
    };
    look();
  }
}

document.querySelectorAll("form[data-check-in]").forEach((form) => new CheckIn(form));
