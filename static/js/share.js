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
