// The preview of a pasted block: its first change is in view, or else what is asked of it, Enter saves, Esc cancels,
// a new layout is shown at once.

const form = document.querySelector("[data-preview]");

const changed = document.querySelector("td.proposed") ?? document.querySelector("td.unreadable");
changed?.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });

const enter = form.querySelector("[data-enter]");
const question = enter ? null : form.querySelector(".lay select"); // nothing is laid before it is answered
(enter ?? question ?? form.querySelector("[data-correct]")).focus({ preventScroll: !question });
form.querySelector("#why")?.focus({ preventScroll: true });

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") form.querySelector("[data-cancel]").click();
});

const again = form.querySelector("[data-again]");
if (again) {
  again.hidden = true;
  for (const choice of form.querySelectorAll(".lay select")) choice.addEventListener("change", () => again.click());
}
