// Shows the share button where the device has a share sheet; without it the links beside it do the same.
for (const button of document.querySelectorAll("[data-share]")) {
  if (!navigator.share) break;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const { share, shareTitle } = button.dataset;
    try {
      await navigator.share({ title: shareTitle, url: share });
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  });
}
