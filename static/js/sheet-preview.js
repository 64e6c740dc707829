// The preview of a pasted block: its first change is in view, Enter saves, Esc cancels, a new layout is shown at once.

const form = document.querySelector("[data-preview]");

const changed = document.querySelector("td.proposed") ?? document.querySelector("td.unreadable");
changed?.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });

(form.querySelector("[data-enter]") ?? form.querySelector("[data-correct]")).focus({ preventScroll: true });
form.querySelector("#why")?.focus({ preventScroll: true });

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") form.querySelector("[data-cancel]").click();
});

const again = form.querySelector("[data-again]");
if (again) {
  again.hidden = true;
  for (const choice of form.querySelectorAll(".lay select")) choice.addEventListener("change", () => again.click());
}
