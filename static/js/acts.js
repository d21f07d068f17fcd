// What supporters do on a page: copy, share, and the count of such deeds. Loaded as
// <script type="module" src="…/acts.js" data-deeds="{address of the campaign's deeds}"></script>; without data-deeds
// nothing is counted.

// Shows the copy buttons (hidden without scripts): data-copy names elements, data-copy-text holds the text itself.
for (const button of document.querySelectorAll("[data-copy], [data-copy-text]")) {
  if (!navigator.clipboard) break;
  const label = button.textContent;
  button.hidden = false;
  button.ariaLive = "polite";
  button.addEventListener("click", async () => {
    const { copy, copyText } = button.dataset;
    const sources = copy ? copy.split(" ").map((id) => document.getElementById(id)) : [];
    try {
      await navigator.clipboard.writeText(copyText ?? sources.map((source) => (source.value ?? source.innerText).trim()).join("\n\n"));
      button.textContent = `${label} ✓`;
      setTimeout(() => { button.textContent = label; }, 2000);
    } catch {
      // The browser refused: the text is selected, so that the keyboard can copy it.
      const last = sources.at(-1);
      if (last?.select) last.select();
      else if (last) getSelection().selectAllChildren(last);
    }
  });
}

// Shows the share button where the device has a share sheet; without it the links beside it do the same.
// data-share is the address to share; data-share-from names a field whose text is shared instead.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { share, shareTitle, shareFrom } = button.dataset;
    const shared = shareFrom ? { text: document.getElementById(shareFrom).value } : { url: share };
    try {
      await navigator.share({ title: shareTitle, ...shared });
      button.dispatchEvent(new Event("deed", { bubbles: true }));
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  });
}

// Counts deeds: data-deed="{channel}" stands on each link and button that does one. What the server counts itself
// (go links, downloads, forms) carries none. Only the channel's name is sent.
const deeds = document.querySelector("script[data-deeds]")?.dataset.deeds;

function count({ type, target }) {
  const doer = target.closest("[data-deed]");
  // A share sheet may be closed again: the button says when something was shared.
  if (doer && ("share" in doer.dataset) === (type === "deed")) {
    navigator.sendBeacon?.(deeds, new URLSearchParams({ channel: doer.dataset.deed }));
  }
}
if (deeds) for (const type of ["click", "deed"]) document.addEventListener(type, count);
