// The desk by single keys. Every key presses a button or link of the page, so nothing here is needed to decide: the
// next comment lies ready in a <template>, is shown at once, and the answer of the site takes its place unseen.
const ACTS = { a: ["approve"], r: ["reject", "hide"], s: ["spam"], h: ["hold"] };
const desk = () => document.getElementById("desk");
const shown = () => desk().querySelector(".now > .one");
const button = (names) => names.map((name) => shown().querySelector(`[name=decide][value=${name}]`)).find(Boolean);
let lastAnswer = Promise.resolve();
// Acts that the site has not answered, and what it said meanwhile.
let underway = 0;
let said = [];

function showKeys() {
  desk().classList.toggle("keys-on", "keys" in desk().dataset);
}

// Where the focus was: on which kind of button; else on the comment, so that it is read out.
function place() {
  const { name, value, dataset } = document.activeElement ?? {};
  if (name === "decide") return `[name=decide][value=${value}]`;
  return dataset?.step ? `[data-step=${dataset.step}]` : null;
}

function focusOn(found) {
  (found && desk().querySelector(`.now > .one ${found}`) || shown())?.focus({ preventScroll: false });
}

// The next comment, before the site has answered. Those just decided with this one are passed over.
function showNext(decided) {
  const next = [...desk().querySelectorAll(".now > template")].find(({ dataset }) => !decided.has(dataset.comment));
  if (!next) return;
  const found = place();
  const parts = next.content.cloneNode(true);
  shown().replaceWith(parts.querySelector(".one"));
  desk().querySelector(".about .about-comment").replaceWith(parts.querySelector(".about-comment"));
  for (const each of [...desk().querySelectorAll(".now > template")]) {
    if (each === next || decided.has(each.dataset.comment)) each.remove();
  }
  desk().querySelector(".next-list > li")?.remove();
  focusOn(found);
  scrollTo({ top: 0 });
}

// The comment under somebody's eyes stays as it is: a reason may be half chosen.
function put(answer) {
  const found = place();
  const now = shown();
  const same = now && !("decided" in now.dataset) && answer.querySelector(".now > .one")?.dataset.comment === now.dataset.comment;
  const isAsking = same && now.querySelector(".is-asking");
  if (same) {
    const alike = desk().querySelector("[name=alike]")?.checked;
    answer.querySelector(".now > .one").replaceWith(now);
    const box = answer.querySelector("[name=alike]");
    if (box) box.checked = Boolean(alike);
  }
  const held = document.activeElement;
  desk().replaceWith(answer);
  showKeys();
  if (isAsking || (same && now.contains(held))) held?.focus?.({ preventScroll: true });
  else focusOn(found);
}

async function ask(url, body) {
  try {
    const response = await fetch(url, { method: body ? "POST" : "GET", body, headers: { "X-Desk": "1" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    underway -= 1;
    const answer = page.getElementById("desk");
    if (!response.ok || !answer) return location.reload();
    said.push(...answer.querySelectorAll(".now > .messagelist"));
    // Of several acts in a row the last answer tells how things stand; the others know nothing of those after them.
    if (underway) return;
    answer.querySelector(".now").prepend(...said);
    said = [];
    put(document.adoptNode(answer));
  } catch {
    underway -= 1;
    tell(desk().dataset.lost);
  }
}

function tell(words) {
  const line = document.createElement("p");
  line.className = "errornote";
  line.setAttribute("role", "alert");
  line.textContent = words;
  desk().querySelector(".now").prepend(line);
}

function inTurn(url, body) {
  underway += 1;
  lastAnswer = lastAnswer.then(() => ask(url, body));
}

function submit(form, pressed) {
  const body = new FormData(form, pressed);
  const url = form.action;
  if (form.matches(".decide-form")) {
    const comment = form.closest(".one");
    // Faster than the site answers: the next one is not here yet.
    if ("decided" in comment.dataset) return;
    comment.dataset.decided = "";
    const keys = body.has("alike") ? body.getAll("member") : [];
    showNext(new Set([body.get("comment"), ...keys]));
  }
  inTurn(url, body);
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("#desk")) return;
  event.preventDefault();
  submit(event.target, event.submitter);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#desk .step[href], #desk .queue a[href], #desk .next-list a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
  event.preventDefault();
  history.replaceState(null, "", link.href);
  if (link.dataset.step === "next") showNext(new Set([shown().dataset.comment]));
  inTurn(link.href);
});

function askForReason() {
  const reasons = shown()?.querySelector(".reasons");
  if (!reasons || !button(ACTS.r)) return;
  reasons.classList.add("is-asking");
  (reasons.querySelector(":checked") ?? reasons.querySelector("input"))?.focus();
}

// After R a number chooses the reason and rejects; Enter takes the chosen one; any other key leaves it.
function answerReason(event, reasons) {
  const chosen = reasons.querySelectorAll("input[type=radio]")[Number(event.key) - 1];
  if (/^[1-9]$/.test(event.key) && chosen) chosen.checked = true;
  else if (event.key !== "Enter") {
    if (!event.key.startsWith("Arrow") && event.key !== "Tab") reasons.classList.remove("is-asking");
    return event.key === "Escape" || event.key.startsWith("Arrow") || event.key === "Tab";
  }
  event.preventDefault();
  reasons.classList.remove("is-asking");
  button(ACTS.r).click();
  return true;
}

function openHelp() {
  const own = desk().querySelector(".your-desk");
  own.open = true;
  own.querySelector("#has-keys").focus();
  own.scrollIntoView({ block: "nearest" });
}

const isTyping = ({ target }) => target.isContentEditable
  || target.closest("textarea, select, input:not([type=radio], [type=checkbox], [type=submit])");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat || isTyping(event)) return;
  if (!("keys" in (desk()?.dataset ?? {}))) return;
  const reasons = desk().querySelector(".is-asking");
  if (reasons && answerReason(event, reasons)) return;
  const key = event.key.toLowerCase();
  let pressed = null;
  if (key === "?") openHelp();
  else if (key === "r") askForReason();
  else if (ACTS[key] && shown()?.dataset.comment) pressed = button(ACTS[key]);
  else if (key === "u") pressed = desk().querySelector(".undo-bar [name=undo]");
  else if (key === "d") pressed = desk().querySelector("[name=alike]");
  else if (key === "j") pressed = shown()?.querySelector("[data-step=next][href]");
  else if (key === "k") pressed = shown()?.querySelector("[data-step=back][href]");
  else return;
  event.preventDefault();
  pressed?.click();
});

// Others need not wait until the lease is over. Not what another page of the same person took since.
addEventListener("pagehide", () => {
  const token = document.querySelector("#desk [name=csrfmiddlewaretoken]")?.value;
  const { until, leave } = desk().dataset;
  if (!token || !until) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token);
  body.set("until", until);
  navigator.sendBeacon(leave, body);
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

showKeys();
