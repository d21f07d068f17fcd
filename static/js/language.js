// Offers the page in a language that the reader's browser prefers, and carries what was typed into the page that a link
// to another language opens. It rests in this tab until that page has loaded; then, or with the tab, it is gone.
const TYPED = "typed", CHOSEN = "language";
const here = location.pathname.replace(/^\/[^/]+/, "");
const fields = () => [...document.querySelectorAll("main form[method=post]")].flatMap((form) => [...form.elements])
  .filter((field) => field.name && field.id && !/hidden|submit|button/.test(field.type));
const isTouched = (field) => field.matches("[type=checkbox], [type=radio]") ? field.checked !== field.defaultChecked
  : field.options ? [...field.options].some((option) => option.selected !== option.defaultSelected)
  : field.value !== field.defaultValue;

function offer() {
  const offers = [...document.querySelectorAll("[data-offer]")];
  for (const wanted of navigator.languages ?? []) {
    const speaks = (code) => code.split("-")[0] === wanted.toLowerCase().split("-")[0];
    if (speaks(document.documentElement.lang.toLowerCase())) return;
    const found = offers.find(({ dataset }) => speaks(dataset.offer.toLowerCase()));
    if (!found) continue;
    found.hidden = false;
    found.querySelector("button").addEventListener("click", () => {
      found.hidden = true;
      sessionStorage.setItem(CHOSEN, "1");
    });
    return;
  }
}

function carry(event) {
  if (!event.target.closest("a[hreflang]") || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  sessionStorage.setItem(CHOSEN, "1");
  const values = fields().filter(isTouched).map((field) => [field.id, field.value, field.checked]);
  if (values.length) sessionStorage.setItem(TYPED, JSON.stringify({ here, at: Date.now(), values }));
}

function unpack() {
  const kept = JSON.parse(sessionStorage.getItem(TYPED) ?? "null");
  sessionStorage.removeItem(TYPED);
  if (!kept || kept.here !== here || Date.now() - kept.at > 60_000) return;
  for (const field of fields()) {
    const [, value, checked] = kept.values.find(([id]) => id === field.id) ?? [];
    if (value === undefined) continue;
    if (field.matches("[type=checkbox], [type=radio]")) field.checked = checked;
    else field.value = value;
    const fold = field.closest("details");
    if (fold) fold.open = true;
  }
}

// A browser that keeps nothing for us still shows the page.
try {
  unpack();
  document.addEventListener("click", carry);
  if (!sessionStorage.getItem(CHOSEN)) offer();
} catch (error) {
  if (error.name !== "SecurityError") throw error;
}
