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
