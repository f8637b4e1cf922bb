// What stands in a form: what a person has chosen and typed, and what the server had written into the page.

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

const chosenOptions = (field) => {
  const chosen = [...field.options].filter((option) => option.defaultSelected);
  return chosen.length || field.multiple ? chosen : [...field.options].slice(0, 1);
};

export const isTouched = (field) => (isChoice(field) ? field.checked !== field.defaultChecked : field.tagName !== "SELECT" && field.value !== field.defaultValue);

export function fields(form) {
  return [...form.elements].filter((field) => field.name && !field.disabled && ["INPUT", "SELECT", "TEXTAREA"].includes(field.tagName) && !["hidden", "file", "submit", "button"].includes(field.type));
}

// The values as the server wrote them into the page, whatever was chosen since.
export function served(form) {
  const data = new FormData(form);
  for (const name of new Set(fields(form).map((field) => field.name))) data.delete(name);
  for (const field of fields(form)) {
    if (field.tagName === "SELECT") chosenOptions(field).forEach((option) => data.append(field.name, option.value));
    else if (isChoice(field)) field.defaultChecked && data.append(field.name, field.value);
    else data.append(field.name, field.defaultValue);
  }
  return plain(data);
}

// One field's values stay in their order, the names are sorted: two ways of collecting them compare as equal.
export function plain(data) {
  const skip = new Set(["csrf_token", "revision", "save_id", "seen"]);
  const pairs = [...data].filter(([name, value]) => !skip.has(name) && typeof value === "string");
  return sorted(pairs.map(([name, value]) => [name, value.replace(/\r\n?/g, "\n")]));
}

export function sorted(pairs) {
  return JSON.stringify([...pairs].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)));
}
