// The keys of the sheet: arrows, Enter, N, C, J, Esc and ?; and on a phone its tabs and its bar.

const form = document.querySelector("[data-sheet]");
if (form) start();

function start() {
  const table = form.querySelector("table.sheet");
  const allRows = () => [...form.querySelectorAll("tbody[data-row]")];
  const rows = () => allRows().filter((row) => row.offsetParent !== null || row.getClientRects().length);
  const rowOf = (element) => element?.closest?.("tbody[data-row]");
  const cells = (row) => [...row.querySelectorAll("td.past a, .cell input")].filter((cell) => cell.offsetWidth > 0);
  const tell = (element, name, detail) => element.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

  const firstField = (row) => {
    const inputs = [...row.querySelectorAll(".cell input")];
    return row.querySelector(".why input") ?? inputs.find((input) => !input.value) ?? inputs[0];
  };

  // The denominator that a numerator still waits for; none where the ratio was typed whole: 12/388, 12 of 388.
  function otherHalf(field) {
    const [numerator, denominator] = field.closest(".cell")?.querySelectorAll("input") ?? [];
    const isWhole = /\d\D*[^\d\s.,'’]\D*\d/.test(field.value);
    return field === numerator && field.value.trim() && !isWhole && denominator?.value.trim() === "" ? denominator : null;
  }

  function goTo(field) {
    field.focus();
    field.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  function goVertically(from, step) {
    const row = rowOf(from);
    const column = cells(row).indexOf(from);
    const shown = rows();
    const target = shown[shown.indexOf(row) + step];
    if (!target) return false;
    const there = cells(target);
    goTo(there[Math.min(column, there.length - 1)]);
    return true;
  }

  function goSideways(from, step) {
    const there = cells(rowOf(from));
    const target = there[there.indexOf(from) + step];
    if (target) goTo(target);
    return Boolean(target);
  }

  const takesLetters = (field) => field.matches("[data-dates]"); // 3 Mar, none
  const isAtRest = (field) => field.matches("input") && !takesLetters(field) && (!field.value || field.value === field.dataset.saved);

  // Only from the edge of a number: inside it the arrows move the caret.
  function isAtEdge(field, step) {
    if (!field.matches("input")) return true;
    const { selectionStart: start, selectionEnd: end, value } = field;
    if (start === 0 && end === value.length) return true;
    return start === end && (step < 0 ? start === 0 : end === value.length);
  }

  // J: first to what has come to need you; then through all that is open, in order and round again, never straight back.
  const nameOf = (row) => row?.dataset.row; // a row is replaced when it is saved: its name stays
  const tour = { known: new Set(), left: undefined };

  const isOpen = (row) => partOf(row) === "needs" || row.dataset.state === form.dataset.waiting;

  function goToNext() {
    const all = allRows();
    const here = nameOf(rowOf(document.activeElement) ?? lastRow);
    const after = all.findIndex((row) => nameOf(row) === here) + 1;
    const open = [...all.slice(after), ...all.slice(0, after)].filter(isOpen);
    const others = open.filter((row) => ![here, tour.left].includes(nameOf(row)));
    const wants = (row) => partOf(row) === "needs";
    const next = others.find((row) => wants(row) && !tour.known.has(nameOf(row))) ?? others[0] ?? open[0];
    if (!next) return document.querySelector("[data-whole-form]")?.focus(); // nothing is left but to sign it off
    tour.known = new Set(open.filter(wants).map(nameOf));
    tour.left = here;
    if (!rows().includes(next)) show(partOf(next));
    goTo(firstField(next));
  }

  const moves = {
    ArrowUp: (field) => goVertically(field, -1),
    ArrowDown: (field) => goVertically(field, 1),
    ArrowLeft: (field) => isAtEdge(field, -1) && goSideways(field, -1),
    ArrowRight: (field) => isAtEdge(field, 1) && goSideways(field, 1),
    Enter(field) {
      if (!field.matches("input")) return false;
      const half = otherHalf(field);
      if (half) {
        goTo(half);
        return true;
      }
      const column = Math.min(cells(rowOf(field)).indexOf(field), cells(rowOf(field)).length - field.closest(".cell").querySelectorAll("input").length);
      if (!goVertically(cells(rowOf(field))[column], 1)) tell(field, "sheet:save");
      return true;
    },
    Escape(field) {
      for (const input of rowOf(field).querySelectorAll(".cell input")) if (input.dataset.saved !== "\u0000") input.value = input.dataset.saved;
      rowOf(field).removeAttribute("data-typing");
      if (field.matches("input")) field.select();
      return true;
    },
    // Letters act where no number could be meant: in a cell that is empty, or as it was saved. Event dates have letters.
    n: (field) => isAtRest(field) && tell(field, "sheet:open", "select"),
    c: (field) => isAtRest(field) && tell(field, "sheet:open", "textarea"),
  };

  form.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Enter ends a word of an input method
    if (event.key === "Enter" && event.target.matches("details.more textarea")) return inNote(event);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const field = event.target.closest("td.past a, .cell input");
    if (!field) return inPanel(event);
    const move = moves[event.key] ?? moves[event.key.toLowerCase()];
    if (move?.(field)) event.preventDefault();
  });

  function saveAndGoDown(event) {
    event.preventDefault();
    const field = rowOf(event.target).querySelector(".cell input");
    if (!event.target.matches(".why input")) tell(event.target, "sheet:close");
    tell(field, "sheet:save");
    goVertically(field, 1);
  }

  // Enter saves a note as it saves a number; with Shift it is a new line.
  function inNote(event) {
    if (!event.shiftKey && !event.altKey) saveAndGoDown(event);
  }

  // In the panel of a row: Enter saves a reason and goes down. Escape takes back a reason and goes back to the number;
  // a note stays as it is typed, and is saved with its row.
  function inPanel(event) {
    const row = rowOf(event.target);
    if (!row) return;
    if (event.key === "Enter" && event.target.matches("select, .why input")) {
      saveAndGoDown(event);
    } else if (event.key === "Escape" && event.target.closest("details.more")) {
      event.preventDefault();
      event.stopPropagation();
      for (const reason of row.querySelectorAll("details.more select")) reason.value = reason.dataset.saved;
      tell(event.target, "sheet:close");
    }
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const target = event.target;
    const isWriting = target.matches?.("input, select, textarea") && (!target.matches(".cell input") || takesLetters(target));
    if (isWriting || document.querySelector("dialog[open]")) return;
    if (event.key.toLowerCase() === "j") {
      event.preventDefault();
      goToNext();
    } else if (event.key === "?") {
      event.preventDefault();
      document.getElementById("keys").showModal();
    }
  });

  document.querySelector("[data-next]")?.addEventListener("click", (event) => {
    event.preventDefault();
    goToNext();
  });

  for (const link of document.querySelectorAll("[data-strip]")) {
    link.addEventListener("click", (event) => {
      const row = document.querySelector(event.target.closest("a")?.getAttribute("href") ?? "_");
      if (!row) return;
      event.preventDefault();
      if (!rows().includes(row)) show(partOf(row));
      goTo(firstField(row));
    });
  }

  // --- a phone shows one part at a time; a row stays in it until another part is chosen

  const partOf = (row) => ({ due: "due", "no-number": "due", saved: "done", "no-data": "done" })[row.dataset.state] ?? "needs";

  function show(part) {
    table.dataset.show = part;
    for (const row of allRows()) row.dataset.part = partOf(row);
    for (const link of document.querySelectorAll(".shows [data-show]")) {
      if (link.dataset.show === part) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  for (const link of document.querySelectorAll(".shows [data-show]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link.dataset.show);
    });
  }
  show(table.dataset.show);

  const barRow = () => rowOf(document.activeElement) ?? lastRow ?? rows()[0];
  let lastRow = null;
  form.addEventListener("focusin", (event) => {
    lastRow = rowOf(event.target) ?? lastRow;
  });

  form.querySelector("[data-save-next]").addEventListener("click", () => {
    const shown = rows();
    const row = barRow();
    const half = row && otherHalf(row.querySelector(".cell input"));
    if (half) return goTo(half);
    if (row) tell(row.querySelector(".cell input"), "sheet:save");
    const next = shown[shown.indexOf(row) + 1];
    if (next) goTo(firstField(next));
    else goToNext();
  });

  form.querySelector("[data-no-data]").addEventListener("click", (event) => {
    event.stopPropagation(); // a press outside a panel closes it: this one opens it
    if (barRow()) tell(barRow().querySelector(".cell input"), "sheet:open", "select");
  });
}
