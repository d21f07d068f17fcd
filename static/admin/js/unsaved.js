// Asks before a form is left with what was typed and not saved. A page that came back with an error holds such text
// from its beginning.
const form = document.querySelector("#content-main > form[method=post]");
const chosen = (select) => [...select.options].filter((option) => option.selected || select.id.endsWith("_to")).map((option) => option.value);

function typed() {
  // Of Django's two boxes the left one (…_old) offers, and all of the right one (…_to) is chosen.
  const fields = [...form.elements].filter(({ name }) => name && !name.endsWith("_old"));
  return JSON.stringify(fields.map((field) => [
    field.name,
    field.multiple && field.options ? chosen(field).sort() : ["checkbox", "radio"].includes(field.type) ? field.checked : field.value,
  ]).sort());
}

if (form) {
  const saved = form.querySelector(".errornote") ? "" : typed();
  let isSent = false;
  form.addEventListener("submit", (event) => { isSent = !event.defaultPrevented; });
  addEventListener("pageshow", () => { isSent = false; });
  addEventListener("beforeunload", (event) => {
    if (!isSent && typed() !== saved) event.preventDefault();
  });
}
