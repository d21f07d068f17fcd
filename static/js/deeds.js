// Counts deeds: a page loads this as <script type="module" src="…/deeds.js" data-deeds="{address of the campaign's
// deeds}"></script> and writes data-deed="{channel}" on each link and button that does one. What the server counts
// itself (go links, downloads, forms) carries none. Only the channel's name is sent.
const { deeds } = document.querySelector("script[data-deeds]").dataset;

function count({ type, target }) {
  const doer = target.closest("[data-deed]");
  // A share sheet may be closed again: share.js says when something was shared.
  if (doer && ("share" in doer.dataset) === (type === "deed")) {
    navigator.sendBeacon?.(deeds, new URLSearchParams({ channel: doer.dataset.deed }));
  }
}
for (const type of ["click", "deed"]) document.addEventListener(type, count);
