// Keeps the count and the latest name fresh: reads the small count now and then, and the page anew once it has moved.
// Rests in background tabs; where no motion is wanted, only numbers change in their places.
const { count: address, total } = document.querySelector("script[data-count]").dataset;
const still = matchMedia("(prefers-reduced-motion: reduce)");
const REST_MS = 20_000;
let shown = Number(total);

async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(address);
  if (!answer.ok) return;
  const { count } = await answer.json();
  if (count === shown) return;
  await renew();
  shown = count;
}

async function renew() {
  const answer = await fetch(location.pathname);
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const name = old.dataset.live;
    const found = fresh.querySelector(`[data-live="${name}"]`);
    if (found && !(still.matches && name === "pulse")) old.replaceWith(document.adoptNode(found));
  }
}

setInterval(() => refresh().catch(() => {}), REST_MS);
document.addEventListener("visibilitychange", () => refresh().catch(() => {}));
