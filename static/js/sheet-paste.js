// A pasted block (anything with a tab or a line break) is laid at its cell and shown before anything is saved.

const form = document.querySelector("[data-sheet]");

if (form) document.addEventListener("paste", async (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  const cell = document.activeElement?.closest("[data-sheet] td.past a, [data-sheet] .cell input");
  const isBlock = /[\t\n]/.test(text.replace(/\r?\n$/, ""));
  if (!cell || !isBlock || !form.dataset.paste) return;
  event.preventDefault();
  if (cell.matches("[data-dates]") && !text.includes("\t") && !haveYears(text)) return fillDates(cell, text);
  const { id, dataset } = cell.closest("tbody[data-row]");
  await form.renewToken().catch(() => {}); // where it cannot be, the site says why
  const period = cell.matches("a") ? new URL(cell.href).searchParams.get("period") : form.elements.period.value;
  const asked = {
    csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value,
    frequency: form.elements.frequency.value,
    open: form.elements.period.value,
    measure: dataset.row,
    period,
    text,
  };
  const sending = document.createElement("form");
  sending.method = "post";
  sending.enctype = "multipart/form-data"; // a large block is not made three times as large
  sending.action = form.dataset.paste;
  sending.hidden = true;
  for (const [name, value] of Object.entries(asked)) {
    const field = document.createElement("textarea");
    field.name = name;
    field.value = value;
    sending.append(field);
  }
  document.body.append(sending);
  document.getElementById(id).dataset.pasted = ""; // what is typed in it goes with the block; of any other row the browser asks
  sending.submit();
});

// Whether there are dates with their years: they may be of many months, and are shown before they are saved.
function haveYears(text) {
  return text.split(/\r?\n/).some((line) => /\d{4}|\d+[/.-]\d+[/.-]\d{2}\s*$/.test(line));
}

// A column of days is typed into its cell: it may hold many.
function fillDates(cell, text) {
  cell.setRangeText(text.trim().split(/\s*\r?\n\s*/).join("; "), cell.selectionStart, cell.selectionEnd, "end");
  cell.dispatchEvent(new InputEvent("input", { bubbles: true }));
}
