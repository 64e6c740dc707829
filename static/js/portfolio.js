// The queue of the portfolio, and the list of all signals, by keyboard: J and K move, O opens. Without this every item
// is a link.

const queue = document.querySelector("[data-queue]");
const items = queue ? [...queue.children] : [];

const isTyping = (element) => element?.matches?.("input, select, textarea, [contenteditable]");
const selected = () => items.findIndex((item) => item.getAttribute("aria-current") === "true");

function select(position) {
  const item = items[position];
  if (!item) return;
  for (const other of items) other.removeAttribute("aria-current");
  item.setAttribute("aria-current", "true");
  item.querySelector(".who").focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
  for (const cell of document.querySelectorAll(".heat[data-measure]")) {
    cell.toggleAttribute("data-current", cell.dataset.measure === item.dataset.item);
  }
}

const verbs = {
  j: () => select(selected() + 1),
  k: () => select(selected() - 1),
  o: () => items[selected()]?.querySelector("[data-open]").click(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const verb = verbs[event.key.toLowerCase()];
  if (!verb || !items.length) return;
  event.preventDefault();
  verb();
});

// A press on an item selects it here; the link's own page shows the same.
queue?.addEventListener("click", (event) => {
  const item = event.target.closest("li[data-item]");
  if (!item || event.target.closest("[data-open]") || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  select(items.indexOf(item));
});
