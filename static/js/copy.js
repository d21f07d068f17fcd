// Shows the copy buttons (hidden without scripts): data-copy names an element, data-copy-text holds the text itself.
for (const button of document.querySelectorAll("[data-copy], [data-copy-text]")) {
  if (!navigator.clipboard) break;
  const label = button.textContent;
  button.hidden = false;
  button.ariaLive = "polite";
  button.addEventListener("click", async () => {
    const { copy, copyText } = button.dataset;
    const source = document.getElementById(copy);
    try {
      await navigator.clipboard.writeText(copyText ?? source.innerText.trim());
      button.textContent = `${label} ✓`;
      setTimeout(() => { button.textContent = label; }, 2000);
    } catch {
      // The browser refused: the text is selected, so that the keyboard can copy it.
      if (source) getSelection().selectAllChildren(source);
    }
  });
}
