// What every page does with a keyboard and a pointer. Everything works without it; this makes it quicker.

const isTyping = (element) => element?.matches?.("input, select, textarea, [contenteditable]");

// "/" goes to the search field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const field = document.querySelector(".search input");
  if (!field || field.offsetParent === null) return;
  event.preventDefault();
  field.focus();
  field.select();
});

// Menus: one open at a time; Escape and a press outside close them.
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Dialogs: a link or button with data-dialog="id" opens it; the link's own page asks the same where it is missing.
document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog instanceof HTMLDialogElement) {
    event.preventDefault();
    dialog.showModal();
  }
  event.target.closest?.("[data-close-dialog]")?.closest("dialog").close();
  event.target.closest?.("[data-close-toast]")?.closest("[data-toast]").remove();
});

// A verb that waits says what for; pressing it does nothing.
document.addEventListener(
  "click",
  (event) => {
    if (event.target.closest?.("[aria-disabled='true']")) event.preventDefault();
  },
  true,
);

// The theme: as the system, light, dark.
const choices = document.querySelectorAll("[data-theme-choice]");

function showTheme() {
  const chosen = document.documentElement.dataset.theme ?? "system";
  for (const choice of choices) choice.setAttribute("aria-pressed", String(choice.dataset.themeChoice === chosen));
}

function chooseTheme(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage is closed to this page: the choice lasts as long as the page.
  }
  showTheme();
  document.dispatchEvent(new CustomEvent("p2:theme"));
}

for (const choice of choices) choice.addEventListener("click", () => chooseTheme(choice.dataset.themeChoice));
for (const themes of document.querySelectorAll("[data-theme-switch]")) themes.hidden = false;
showTheme();

// Instants carry their full local time as a title.
function titleTimes(root) {
  for (const time of root.querySelectorAll("time[datetime*='T']:not([title])")) {
    const instant = new Date(time.dateTime);
    if (!Number.isNaN(instant.valueOf())) {
      time.title = instant.toLocaleString(document.documentElement.lang, { dateStyle: "full", timeStyle: "long" });
    }
  }
}

titleTimes(document);
document.addEventListener("htmx:after:swap", () => titleTimes(document));
