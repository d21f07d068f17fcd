// Shows the print button (hidden without scripts) in place of the hint.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  for (const hint of document.querySelectorAll("[data-print-hint]")) hint.hidden = true;
  button.addEventListener("click", () => print());
}
