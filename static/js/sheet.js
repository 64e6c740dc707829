// Log the month: a row is saved as its cell is left, and its answer takes its place. Focus is never lost.
// Without this script the same form saves all rows by one button. Keys are in sheet-keys.js; words are the form's.

const form = document.querySelector("[data-sheet]");
const TREND_WAITS = { soon: 1500, later: 15000, patience: 20 }; // ms until charts are asked for again; how often soon

if (form) start();

// New counts in a counted sentence: the form that the language has for counts like this one, as its catalogue says it.
function sayAgain(counted, counts) {
  const rules = new Intl.PluralRules(document.documentElement.lang);
  const kind = rules.select(counts[counted.dataset.by]);
  const forms = JSON.parse(counted.dataset.forms);
  const [said] = forms.find(([, taking]) => taking.some((count) => rules.select(count) === kind)) ?? forms[0];
  counted.innerHTML = said.replace(/\{(\w+)\}/g, (place, name) => counts[name]);
}

function start() {
  const voice = document.querySelector("[data-voice]");
  const words = form.dataset; // wordsNotSaved and the other sentences
  const waiting = new Map(); // ref -> the promise of the save that is under way

  for (const late of document.querySelectorAll("[data-saving-words], [data-no-data]")) late.hidden = false;

  const rowOf = (element) => element?.closest?.("tbody[data-row]");
  const rowNamed = (ref) => document.getElementById(`row-${ref}`);
  const fields = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];
  const numbers = (row) => [...row.querySelectorAll(".cell input")];
  const isChanged = (row) => fields(row).some((field) => field.value !== (field.dataset.saved ?? ""));
  const isHalf = (row) => numbers(row).length === 2 && numbers(row).filter((field) => field.value.trim()).length === 1;

  // Lost with the page: what is typed, and what was refused; not where a block has just been pasted over it.
  const isRefused = (row) => ["not-saved", "two-entries"].includes(row.dataset.state) || (row.dataset.state === "changed" && isNoteTyped(row));
  const isUnsaved = (row) => !("pasted" in row.dataset) && (isChanged(row) || isRefused(row));

  const say = (sentence) => {
    voice.textContent = "";
    requestAnimationFrame(() => (voice.textContent = sentence));
  };

  // --- saving

  function save(row, extra = {}, address = form.action) {
    const ref = row.dataset.row;
    const before = waiting.get(ref) ?? Promise.resolve();
    const mine = before.then(() => post(rowNamed(ref), address, extra)).finally(() => {
      if (waiting.get(ref) === mine) waiting.delete(ref);
    });
    waiting.set(ref, mine);
    return mine;
  }

  async function post(row, address, extra) {
    const body = new FormData();
    for (const name of ["period", "frequency"]) body.set(name, form.elements[name].value);
    body.set("row", row.dataset.row);
    for (const field of row.querySelectorAll("input, select, textarea")) body.set(field.name, field.value);
    const sent = new Map(body);
    for (const [name, value] of Object.entries(extra)) body.set(name, value);
    for (const field of fields(row)) field.dataset.saved = field.value; // so that it is not sent twice
    try {
      swap(rowNamed(row.dataset.row), await form.send(address, body), sent);
    } catch (error) {
      refuse(rowNamed(row.dataset.row), error);
    }
  }

  // The answer's row in the place of the old one; what was typed since it was sent stays.
  function swap(row, text, sent) {
    const template = document.createElement("template");
    template.innerHTML = text;
    const fresh = template.content.querySelector("tbody");
    if (!fresh) return refuse(row, new Error(words.wordsRefused));
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    const place = focused?.id;
    const caret = focused?.matches("input, textarea") ? [focused.selectionStart, focused.selectionEnd] : null;
    for (const field of fields(row)) {
      const twin = field.id && fresh.querySelector(`#${CSS.escape(field.id)}`);
      if (twin && field.value !== sent.get(field.name)) twin.value = field.value;
    }
    fresh.querySelector("details.more").open = row.querySelector("details.more").open;
    const cell = fresh.querySelector("template[data-cell]");
    if (row.dataset.part) fresh.dataset.part = row.dataset.part;
    row.replaceWith(fresh);
    showProgress(fresh, cell?.content.firstElementChild);
    if (!["not-saved", "two-entries", "changed"].includes(fresh.dataset.state)) offerUndo();
    if ("lifted" in fresh.dataset) showLifted();
    if (focused) giveFocus(fresh, place, caret);
    say(words.wordsSaid.replace("{measure}", () => fresh.dataset.name).replace("{said}", () => spoken(fresh)));
    if ("following" in fresh.dataset) followTrends(0);
  }

  // The way back, once something was saved; the one that a whole save left open stays as it is.
  function offerUndo() {
    const undo = document.querySelector("[data-undo]");
    if (!undo.elements.saved_at) undo.hidden = false;
  }

  // The sheet was signed off until this number changed.
  function showLifted() {
    for (const signed of document.querySelectorAll("[data-signed]")) signed.hidden = true;
    for (const unsigned of document.querySelectorAll("[data-unsigned]")) unsigned.hidden = false;
  }

  function giveFocus(row, id, caret) {
    const field = (id && row.querySelector(`#${CSS.escape(id)}`)) || row.querySelector(".cell input");
    field.focus({ preventScroll: true });
    if (caret && field.matches("input, textarea")) field.setSelectionRange(...caret);
  }

  function spoken(row) {
    const message = row.querySelector(".message .words");
    const result = row.querySelector("output")?.textContent ?? "";
    return [row.querySelector(".state .now").textContent.trim(), result, message?.textContent.trim()].filter(Boolean).join(". ");
  }

  // Nothing came back: the row says so and is sent again the next time. A note alone is kept in its closed editor.
  function refuse(row, error) {
    const isNote = isNoteAlone(row);
    const why = form.whyNot(error, isNote);
    for (const field of numbers(row)) field.dataset.saved = "\u0000";
    row.querySelector("tr.message")?.remove();
    row.className = "not-saved";
    row.dataset.state = "not-saved";
    row.querySelector(".state .now").textContent = isNote ? words.wordsNoteNotSaved : words.wordsNotSaved;
    const line = document.querySelector("[data-refused]").content.cloneNode(true); // the server's own second line
    line.querySelector(".sentence").append(why);
    line.querySelector(".ways").replaceChildren(...(isNote ? form.copyOf("open-note").children : []));
    for (const button of line.querySelectorAll("[data-note]")) button.dataset.note = row.dataset.row;
    row.append(line);
    showProgress(row);
    say(row.querySelector(".message .sentence").lastChild.textContent);
  }

  addEventListener("online", () => {
    for (const row of form.querySelectorAll("tbody[data-state='not-saved']")) if (isChanged(row)) save(row);
  });

  let isSent = false; // the whole form is on its way, with everything that is typed

  addEventListener("beforeunload", (event) => {
    if (isSent) return;
    if (waiting.size || [...form.querySelectorAll("tbody[data-row]")].some(isUnsaved)) event.preventDefault();
  });

  // --- progress: counted from the rows, as the server does

  function showProgress(row, cell) {
    const rows = [...form.querySelectorAll("tbody[data-row]")];
    const strip = document.querySelector("[data-strip]");
    if (cell) strip.children[rows.indexOf(row)].replaceWith(cell);
    const states = rows.map((one) => one.dataset.state);
    const count = (...wanted) => states.filter((state) => wanted.includes(state)).length;
    const counts = { done: count("saved", "no-data"), needs: count("two-entries", "changed", "outside-limits", "not-saved"), due: count(words.waiting) };
    const total = words.waiting === "due" ? states.length - count("no-number") : states.length;
    for (const [name, number] of Object.entries(counts)) {
      document.querySelector(`[data-show=${name}] span`).textContent = number;
    }
    sayAgain(document.querySelector(".progress [data-forms]"), { ...counts, total });
    markCurrent(rowOf(document.activeElement));
  }

  function markCurrent(row) {
    const rows = [...form.querySelectorAll("tbody[data-row]")];
    [...document.querySelectorAll("[data-strip] > li")].forEach((cell, at) => {
      cell.classList.toggle("current", rows[at] === row && ["due", "no-number"].includes(row.dataset.state));
    });
  }

  // --- charts that follow: asked for as long as one is being computed, often at first

  let asking;

  function followTrends(attempt) {
    clearTimeout(asking);
    if (!form.querySelector("tbody[data-following]")) return;
    const wait = attempt < TREND_WAITS.patience ? TREND_WAITS.soon : TREND_WAITS.later;
    asking = setTimeout(() => askForTrends(attempt), wait);
  }

  async function askForTrends(attempt) {
    const rows = new Map([...form.querySelectorAll("tbody[data-following]")].map((row) => [row.dataset.row, row]));
    const period = form.querySelector("[name=period]").value;
    const address = `${form.dataset.trendUrl}?period=${period}&measures=${[...rows.keys()].join(",")}`;
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok && !answer.redirected) {
      const template = document.createElement("template");
      template.innerHTML = await answer.text();
      for (const fresh of template.content.querySelectorAll("[data-trend]")) {
        const row = rows.get(fresh.dataset.trend); // one saved meanwhile has left the page, and its answer follows
        row.querySelector(".trend").replaceChildren(...fresh.childNodes);
        delete row.dataset.following;
      }
    }
    followTrends(attempt + 1);
  }

  // --- what people do

  // A row saves itself; the whole form goes once no row is under way.
  form.addEventListener("submit", async (event) => {
    if (isSent) return;
    event.preventDefault();
    const button = event.submitter;
    if (!button || !("wholeForm" in button.dataset)) return;
    while (waiting.size) await Promise.all(waiting.values());
    const refused = form.querySelector("tbody[data-state=not-saved] .cell input, tbody[data-state=two-entries] .cell input");
    if (refused) return refused.focus();
    await form.renewToken().catch(() => {}); // where it cannot be, the site says why; and not within the form's own event
    isSent = true;
    form.requestSubmit(button);
  });

  form.addEventListener("input", (event) => {
    rowOf(event.target)?.toggleAttribute("data-typing", true);
    delete rowOf(event.target)?.dataset.pasted;
  });

  form.addEventListener("focusin", (event) => {
    markCurrent(rowOf(event.target));
    if (event.target.matches(".cell input")) event.target.select();
  });

  form.addEventListener("focusout", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    const staysInside = row.contains(event.relatedTarget);
    if (!staysInside) row.removeAttribute("data-typing");
    const isBesideIt = event.target.closest("details.more"); // from a note back to its number: saved with it
    const waits = staysInside && (isHalf(row) || isBesideIt || event.relatedTarget.matches("select, textarea, button"));
    if (!waits && isChanged(row)) save(row);
  });

  form.addEventListener("sheet:save", (event) => isChanged(rowOf(event.target)) && save(rowOf(event.target)));

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button, [data-show]");
    const row = rowOf(button);
    if (!button || !row) return;
    const { keep, over, asItIs, confirm, note } = button.dataset;
    if (keep && isNoteTyped(row)) save(row, { keep });
    else if (keep) restore(row);
    if (over || asItIs) save(row, { [button.name]: button.value });
    if (confirm && isChanged(row)) save(row); // another number was typed: that one is not confirmed yet
    else if (confirm) save(row, { measure: confirm }, form.dataset.confirmUrl);
    if (note) {
      event.stopPropagation(); // a press outside a panel closes it: this one opens it
      openPanel(row, "textarea");
    }
    if ("save" in button.dataset) {
      closePanel(row);
      if (!waiting.has(row.dataset.row)) save(row);
    }
  });

  function isNoteTyped(row) {
    const note = row.querySelector("textarea");
    return Boolean(note) && note.value !== row.querySelector("[name$='-note-had']").value;
  }

  // Whether the number and the reason are as the row was drawn with them, and the note is not.
  function isNoteAlone(row) {
    const drawn = (name) => row.querySelector(`[name$='-${name}']`).value;
    const typed = numbers(row).map((field) => field.value);
    const now = typed.length === 2 ? `${typed.join("/")}/` : `//${typed[0]}`;
    return isNoteTyped(row) && now === drawn("seen") && drawn("no_data") === drawn("had");
  }

  // "Keep 6": what stands is shown again. A note that was typed beside another number is saved instead, beside this one.
  async function restore(row) {
    const asked = new URLSearchParams({ measure: row.dataset.row, period: form.elements.period.value });
    const sent = new Map(fields(row).map((field) => [field.name, field.value]));
    try {
      swap(row, await form.ask(`${form.dataset.rowUrl}?${asked}`), sent);
    } catch (error) {
      refuse(row, error);
    }
  }

  function openPanel(row, wanted) {
    const panel = row.querySelector("details.more");
    panel.open = true;
    const field = panel.querySelector(wanted) ?? panel.querySelector("select");
    field.focus({ preventScroll: true });
    if (field.matches("textarea")) field.setSelectionRange(field.value.length, field.value.length); // to write on
    panel.querySelector(".sheet-of").scrollIntoView({ block: "nearest" });
  }

  function closePanel(row) {
    row.querySelector("details.more").open = false;
    row.querySelector(".cell input").focus();
  }

  form.addEventListener("sheet:open", (event) => openPanel(rowOf(event.target), event.detail));
  form.addEventListener("sheet:close", (event) => closePanel(rowOf(event.target)));

  followTrends(0);
}
