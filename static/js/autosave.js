// Saves a form while it is filled in. One save is in flight at a time; a save whose answer was lost is repeated
// with the same id until it is answered; without network the values wait in the page and on this device.
//
// <form data-autosave-url="…" data-autosave-key="person:ballot"> with a hidden field "revision".
// POST as the form would be sent, plus save_id; the answer is JSON:
//   200 {revision, message, left}   409 {message, url}   401/403/422 {message}; with a field "seen": merging.js
//   409 {message, mine, stored, stored_revision}: the event "autosaveconflict" asks a person which of the two holds.
// data-autosave-typed: words, not choices. Saved after a longer pause and announced more rarely; what is still too short
//   is no refusal, the next letter tries again. The first save of something new answers with {page, autosave, key} too:
//   where it is edited from now on.
// data-autosave-now: what the page shows is not what the server has.

import { announce } from "./live.js";
import { fields, isChoice, isTouched, newId, plain, served } from "./values.js";

const UNSENT = "ideenlab-unsent:";
const PAUSE = 500;
const PAUSE_OF_TYPING = 1500;
const QUIET = 30_000;
const LONGEST_WAIT = 30_000;
let token = document.querySelector('meta[name="csrf-token"]')?.content;

class Autosave {
  constructor(form, Merging = null) {
    this.form = form;
    this.key = UNSENT + (form.dataset.autosaveKey || form.dataset.autosaveUrl);
    this.line = form.querySelector("[data-autosave-state]");
    this.revision = form.elements.namedItem("revision");
    this.inFlight = null; // what was sent and is not yet answered: {id, body, values}
    this.sending = false;
    this.stopped = false;
    this.tries = 0;
    this.typed = form.dataset.autosaveTyped !== undefined;
    this.pause = this.typed ? PAUSE_OF_TYPING : PAUSE;
    this.announcedAt = -QUIET;
    this.saved = form.dataset.autosaveNow === undefined ? served(this.form) : null;
    this.merging = Merging && new Merging(form, this);
    this.listen();
    this.restore();
    if (this.dirty) this.schedule(0); // what was chosen before this module had loaded
  }

  listen() {
    const later = () => { this.keep(); this.schedule(this.pause); };
    this.form.addEventListener("change", later);
    this.form.addEventListener("input", later);
    this.form.addEventListener("submit", (event) => this.handOver(event));
    window.addEventListener("online", () => this.schedule(0));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.save({ keepalive: true });
      else this.schedule(0);
    });
    window.addEventListener("pagehide", () => this.save({ keepalive: true }));
  }

  values() {
    return plain(new FormData(this.form));
  }

  get dirty() {
    return this.inFlight !== null || this.values() !== this.saved;
  }

  // --- what is not yet on the server also lies on this device, until it is answered or the person signs out

  keep() {
    if (this.stopped && !this.keeps) return;
    try {
      const state = { inFlight: this.inFlight, values: this.values(), revision: this.revision.value, ...this.merging?.kept() };
      if (this.dirty || this.merging?.partly) localStorage.setItem(this.key, JSON.stringify(state));
      else localStorage.removeItem(this.key);
    } catch { /* a full or forbidden store: the page still holds the values */ }
  }

  restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(this.key)); } catch { /* not ours */ }
    if (!kept) return;
    if (this.merging) return this.merging.restore(kept);
    const page = Number(this.revision.value), mine = Number(kept.revision);
    if (!kept.inFlight && kept.revision !== this.revision.value && !(mine > page)) {
      localStorage.removeItem(this.key); // the server has newer values: they are what the page shows
      return;
    }
    if (mine > page) this.revision.value = kept.revision; // a page from before the last save, kept without network
    this.fill(JSON.parse(kept.values));
    this.inFlight = kept.inFlight;
    this.schedule(0);
  }

  fill(pairs) {
    const touched = new Set(fields(this.form).filter(isTouched).map((field) => field.name));
    for (const field of fields(this.form).filter((field) => !touched.has(field.name))) {
      if (isChoice(field)) field.checked = pairs.some(([name, value]) => name === field.name && value === field.value);
      else {
        const pair = pairs.find(([name]) => name === field.name);
        if (pair) field.value = pair[1];
      }
    }
  }

  // --- saving

  schedule(wait) {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.save(), wait);
  }

  next() {
    if (this.inFlight) return this.inFlight;
    if ([this.saved, this.postponed].includes(this.values())) return null;
    const id = newId();
    const data = new FormData(this.form);
    data.set("save_id", id);
    const body = new URLSearchParams([...data].filter(([, value]) => typeof value === "string")).toString();
    return { id, body, values: this.values() };
  }

  async save({ keepalive = false } = {}) {
    if (this.sending || this.stopped) return;
    const save = this.next();
    if (!save) return;
    clearTimeout(this.timer);
    this.inFlight = save;
    this.sending = true;
    this.keep();
    this.show("saving", this.line?.dataset.textSaving);
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl, { method: "POST", body: save.body, keepalive, credentials: "same-origin", headers: this.headers() });
      await this.read(answer, save);
    } catch {
      this.wait();
    } finally {
      this.sending = false;
    }
    if (!this.stopped && this.tries === 0 && this.dirty) this.schedule(this.typed ? this.pause : 0);
  }

  headers() {
    const fresh = this.form.elements.namedItem("csrf_token")?.value || token;
    return { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json", ...(fresh && { "X-CSRFToken": fresh }) };
  }

  async read(answer, save) {
    const told = await answer.json().catch(() => ({}));
    if (answer.ok && !answer.redirected && told.revision !== undefined) return this.done(told, save);
    if (answer.status === 409) return told.clash ? this.merging.ask(told) : this.conflict(told);
    if (answer.status === 400 && !this.renewed) return this.renew(save);
    if (answer.status === 401 || answer.redirected) return this.signedOut();
    if (answer.status === 422 && this.typed) return this.putOff(told);
    if (answer.status === 429 || answer.status >= 500) return this.wait();
    if (answer.status === 403) return this.stop("refused", told, this.line?.dataset.textRefused, { keeps: true });
    return this.stop("refused", told, this.line?.dataset.textRefused);
  }

  // Signed out and in again meanwhile: this page's token is of the old session. The same page, asked for anew, has the
  // new one – when it is still the same person's.
  async renew(save) {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const form = page.querySelector("[data-autosave-key]");
    if (answer.redirected || !form) return this.signedOut();
    const fresh = page.querySelector('meta[name="csrf-token"]')?.content;
    if (!fresh || form.dataset.autosaveKey !== this.form.dataset.autosaveKey) return this.stop("refused", {}, this.line?.dataset.textRefused);
    this.renewed = true;
    token = fresh;
    const field = this.form.elements.namedItem("csrf_token");
    if (field) field.value = fresh;
    const body = new URLSearchParams(save.body);
    if (body.has("csrf_token")) body.set("csrf_token", fresh);
    save.body = body.toString();
    this.tries = 0;
    return this.schedule(0);
  }

  done(told, save) {
    this.renewed = false;
    this.revision.value = told.revision;
    this.inFlight = null;
    this.saved = this.merging ? this.merging.took(told, save) : save.values;
    this.tries = 0;
    this.keep();
    this.show(told.unsaved?.length ? "waiting" : "saved", told.message);
    const left = document.querySelector("[data-autosave-left]");
    if (left && told.left !== undefined) left.textContent = told.left;
    if (told.page) this.moveTo(told);
    if (!this.typed || told.unsaved?.length || performance.now() - this.announcedAt > QUIET) {
      announce([told.message, told.left].filter(Boolean).join(" "));
      this.announcedAt = performance.now();
    }
    this.form.dispatchEvent(new CustomEvent("autosaved", { detail: { ...told, values: this.saved } }));
  }

  // The draft is there now: a reload, a button and the next save belong to it.
  moveTo({ page, autosave, key }) {
    this.forget();
    this.key = UNSENT + key;
    this.form.action = page;
    Object.assign(this.form.dataset, { autosaveUrl: autosave, autosaveKey: key });
    history.replaceState(history.state, "", page);
    this.keep();
  }

  // Half a title is no fault: what is saved stays as it was, and the next change tries again.
  putOff(told) {
    this.inFlight = null;
    this.tries = 0;
    this.postponed = this.values();
    this.keep();
    this.show("waiting", told.message);
  }

  wait(text = this.line?.dataset.textWaiting) {
    if (this.tries === 0) announce(text);
    this.tries += 1;
    this.show("waiting", text);
    this.schedule(Math.min(LONGEST_WAIT, 1000 * 2 ** (this.tries - 1)));
  }

  // This page, asked for without a session, leads to the sign-in and back. What waits lies on the device meanwhile.
  signedOut() {
    this.wait(this.line?.dataset.textSignedOut);
    this.link(location.href, this.line?.dataset.textSignIn);
  }

  // Two versions, and a person to choose. Until then both stay: what was typed here, and what is stored.
  conflict(told) {
    const event = new CustomEvent("autosaveconflict", { cancelable: true, detail: { told, autosave: this } });
    const asked = told.stored && !this.form.dispatchEvent(event);
    if (!asked) return this.stop("conflict", told, this.line?.dataset.textConflict);
    this.stopped = true;
    clearTimeout(this.timer);
    this.show("conflict", told.message);
    return announce(told.message);
  }

  // What was typed here stands in for what is stored: the person has seen both.
  replace(revision) {
    this.revision.value = revision;
    Object.assign(this, { inFlight: null, saved: null, stopped: false, tries: 0 });
    this.keep();
    this.schedule(0);
  }

  // The server knows better or says no. Nothing is sent again by itself; what was typed stays in the page – and where it
  // may be allowed again later, as when rules are being changed, on this device too, for the next time the page is opened.
  stop(state, told, fallback, { keeps = false } = {}) {
    Object.assign(this, { stopped: true, keeps, inFlight: null });
    clearTimeout(this.timer);
    if (keeps) this.keep();
    else this.forget();
    this.show(state, told.message || fallback);
    if (told.url) this.link(told.url, this.line?.dataset.textOpen);
    announce(told.message || fallback);
  }

  link(href, textContent) {
    if (this.line && textContent) this.line.append(" ", Object.assign(document.createElement("a"), { href, className: "kern-link", textContent }));
  }

  forget() {
    try { localStorage.removeItem(this.key); } catch { /* nothing to forget */ }
  }

  show(state, text) {
    if (!this.line) return;
    this.line.dataset.state = state;
    if (text) this.line.textContent = text;
  }

  // Pressing a button sends everything itself: a save still on its way would only make it a conflict with ourselves.
  async handOver(event) {
    if (this.stopped || this.handing || (!this.sending && !this.inFlight)) return this.finish();
    event.preventDefault();
    this.handing = true;
    clearTimeout(this.timer);
    for (let round = 0; round < 40 && (this.sending || this.inFlight) && !this.stopped; round += 1) {
      if (!this.sending) await this.save();
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (this.tries > 2) break;
    }
    this.finish();
    this.form.requestSubmit(event.submitter);
  }

  finish() {
    this.stopped = true;
    clearTimeout(this.timer);
    window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); }, { once: true });
  }
}

export const ready = Promise.all([...document.querySelectorAll("form[data-autosave-url]")].map(async (form) => {
  new Autosave(form, form.elements.namedItem("seen") && (await import("./merging.js")).Merging);
}));
