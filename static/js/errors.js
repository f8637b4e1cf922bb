// After a refused form the summary of errors is what one wants to hear and see first.

const summary = document.querySelector("[data-focus]");

function focusField(event) {
  const link = event.target.closest('a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".kern-form-input, .kern-fieldset, .il-scale") || field).scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
}

if (summary) {
  summary.addEventListener("click", focusField);
  summary.focus();
}
