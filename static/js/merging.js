// Two people write in one form. What only one of them changed is kept and shown to the other; where both changed the
// same field, both texts are on the page and a person chooses.
//
// The hidden field "seen" holds for each field the fingerprint of the text that this page began with. An answer tells
// {seen, theirs: {field: {control: [values]}}, unsaved: [field]}, a conflict {seen, clash: [{name, label, stored,
// controls}]}.

import { announce, fill } from "./live.js";
import { sorted } from "./values.js";

const isChoice = (control) => control.type === "radio" || control.type === "checkbox";
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
const make = (tag, values) => Object.assign(document.createElement(tag), values);

export class Merging {
  constructor(form, autosave) {
    this.form = form;
    this.autosave = autosave;
    this.seen = form.elements.namedItem("seen");
    this.partly = false;
  }

  get fingerprints() {
    try { return JSON.parse(this.seen.value); } catch { return {}; }
  }

  set fingerprints(values) {
    this.seen.value = JSON.stringify(values);
  }

  controls(name) {
    return [...this.form.elements].filter((control) => control.name === name && control.type !== "hidden");
  }

  read(pairs, name) {
    return pairs.filter(([each]) => each === name).map(([, value]) => value);
  }

  now(name) {
    return this.read(JSON.parse(this.autosave.values()), name);
  }

  put(name, values) {
    for (const control of this.controls(name)) {
      if (isChoice(control)) control.checked = values.includes(control.value);
      else {
        control.value = values[0] ?? "";
        control.dispatchEvent(new Event("input", { bubbles: true })); // the counter counts anew
      }
    }
  }

  // --- what a save was answered with; gives back what is on the server now, as far as this page knows it

  took(told, save) {
    const sent = JSON.parse(save.values);
    const fingerprints = this.fingerprints;
    const kept = [];
    let known = sent;
    for (const [field, controls] of Object.entries(told.theirs || {})) {
      const untouched = Object.keys(controls).every((name) => same(this.now(name), this.read(sent, name)));
      if (!untouched) { kept.push(field); continue; } // typed in meanwhile: the next save decides
      for (const [name, values] of Object.entries(controls)) {
        this.put(name, values);
        known = known.filter(([each]) => each !== name).concat(this.now(name).map((value) => [name, value]));
      }
    }
    for (const [field, value] of Object.entries(told.seen)) {
      if (!kept.includes(field) && !told.unsaved.includes(field)) fingerprints[field] = value;
    }
    this.fingerprints = fingerprints;
    this.partly = told.unsaved.length > 0;
    this.tell(Object.keys(told.theirs || {}).filter((field) => !kept.includes(field)));
    return sorted(known);
  }

  tell(fields) {
    const labels = fields.map((field) => this.label(field)).filter(Boolean);
    if (labels.length) announce(fill(this.form.dataset.textTheirs, { fields: labels.join(", ") }));
  }

  label(field) {
    const control = this.controls(field)[0];
    const whole = control?.closest("fieldset")?.querySelector("legend") || control?.labels?.[0];
    return whole?.firstChild?.textContent.trim();
  }

  // --- what this device kept while it could not be saved

  kept() {
    return { saved: this.autosave.saved, seen: this.fingerprints };
  }

  restore(kept) {
    const typed = JSON.parse(kept.values);
    const before = JSON.parse(kept.saved || "[]");
    const fingerprints = this.fingerprints;
    for (const name of new Set([...typed, ...before].map(([each]) => each))) {
      const values = this.read(typed, name);
      if (same(values, this.read(before, name)) || this.controls(name).length === 0) continue;
      this.put(name, values);
      const field = name in fingerprints ? name : Object.keys(fingerprints).find((each) => name.startsWith(each));
      if (field && kept.seen?.[field]) fingerprints[field] = kept.seen[field];
    }
    this.fingerprints = fingerprints;
    this.autosave.schedule(0);
  }

  // --- both changed the same field

  // Nothing is sent until a person has chosen, and nothing typed goes away.
  ask(told) {
    const { autosave } = this;
    autosave.inFlight = null;
    autosave.tries = 0;
    autosave.keep();
    autosave.stopped = true;
    clearTimeout(autosave.timer);
    autosave.show("conflict", told.message);
    announce(told.message);
    this.box?.remove();
    const texts = this.form.dataset;
    this.box = make("section", { className: "il-clash il-stack" });
    const heading = make("h3", { className: "il-subtitle", textContent: texts.textClash });
    const list = make("dl", { className: "il-summary" });
    for (const clash of told.clash) list.append(this.row(clash));
    const go = make("button", { type: "button", className: "kern-btn kern-btn--secondary" });
    go.append(make("span", { className: "kern-label", textContent: texts.textGo }));
    go.addEventListener("click", () => {
      this.fingerprints = { ...this.fingerprints, ...Object.fromEntries(told.clash.map(({ name }) => [name, told.seen[name]])) };
      this.box.remove();
      this.controls(told.clash[0].name)[0]?.focus();
      autosave.stopped = false;
      autosave.schedule(0);
    });
    this.box.append(heading, make("p", { textContent: texts.textWhy }), list, go);
    const first = this.controls(told.clash[0].name)[0];
    (first?.closest(".kern-form-input, fieldset") || autosave.line).after(this.box);
  }

  row(clash) {
    const texts = this.form.dataset;
    const mine = Object.fromEntries(Object.keys(clash.controls).map((name) => [name, this.now(name)]));
    const row = make("div", {});
    const button = make("button", { type: "button", className: "kern-btn kern-btn--tertiary" });
    const label = make("span", { className: "kern-label", textContent: texts.textTake });
    button.append(label);
    let taken = false;
    button.addEventListener("click", () => {
      taken = !taken;
      for (const [name, values] of Object.entries(taken ? clash.controls : mine)) this.put(name, values);
      label.textContent = taken ? texts.textBack : texts.textTake;
      announce(`${clash.label}: ${label.textContent}`);
    });
    button.setAttribute("aria-describedby", `clash-${clash.name}`);
    const text = make("dd", {});
    text.append(make("div", { className: "il-verbatim", textContent: clash.stored || texts.textEmpty }), button);
    row.append(make("dt", { id: `clash-${clash.name}`, textContent: clash.label }), text);
    return row;
  }
}
