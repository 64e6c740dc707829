// <p2-chart src="…/figure.json" version="7" label="…">: draws a reading's figure with Plotly.
//
// src      address of the figure; `theme` and `width` are added to its query
// version  change it and the chart is fetched anew; the former picture stays until then. Inside <p2-live> the news
//          bring the figure along, in a script element of JSON
// label    what a screen reader calls the chart
// heading, verdict, filename   what a downloaded file says of itself, and its name
// notes    id of the list whose lines stand below the picture in a file
// The page's script element names the library's files, data-plotly and data-plotly-css, and holds the words.
// Whatever stands inside is shown until the first picture is there, and where there is no script.

const WIDTH_STEP = 20; // px: a figure is fetched anew only when the width leaves its step
const TITLE_ROOM = 68; // px above the picture in a file: its name and its verdict
const NOTE_LINE = 18; // px of a line of its notes below it
const TITLE_LINE = 22; // px of each further line of its name or verdict
const LETTER = 0.53; // width of a letter, in sizes of the letters, on average
const BOLD_LETTER = 0.64;
const POINTS = "points"; // the name of the trace that holds the points
const SVG = "http://www.w3.org/2000/svg";
const script = document.getElementById("p2-chart-script");
let library;

function loadLibrary() {
  const { plotly, plotlyCss } = script.dataset;
  library ??= Promise.all([loadStyle(plotlyCss), loadScript(plotly)])
    .then(() => window.Plotly)
    .catch((error) => {
      library = undefined;
      throw error;
    });
  return library;
}

// Plotly writes its rules into a style element, which the content security policy refuses, unless
// a style sheet of this id and class is there already.
function loadStyle(href) {
  if (document.getElementById("plotly.js-style-global")) return Promise.resolve();
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
  link.id = "plotly.js-style-global";
  link.className = "no-inline-styles";
  return loaded(link);
}

function loadScript(src) {
  if (window.Plotly) return Promise.resolve();
  return loaded(Object.assign(document.createElement("script"), { src }));
}

function loaded(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", () => {
      element.remove();
      reject(new Error("not loaded"));
    });
    document.head.append(element);
  });
}

function pageTheme() {
  const chosen = document.documentElement.dataset.theme;
  if (chosen === "dark" || chosen === "light") return chosen;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

function made(tag, className, text = "") {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

// Text as Plotly takes it: markup in it stays as it was typed.
function escaped(text) {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`);
}

// Text in lines that are no longer than `width` px, longer words in pieces: Plotly breaks none by itself.
function inLines(text, width, letter) {
  const lines = [""];
  const longest = Math.max(1, Math.ceil(width / letter) - 1);
  for (const word of text.trim().match(new RegExp(`\\S{1,${longest}}`, "g")) ?? []) {
    if (lines.at(-1) && (lines.at(-1).length + word.length) * letter >= width) lines.push("");
    lines[lines.length - 1] += `${lines.at(-1) && " "}${word}`;
  }
  return lines.map(escaped);
}

// The marks that say something, beside their reason in the panel.
function drawnMark(mark) {
  const shape = { improvement: "M6 1 11 6 6 11 1 6z", concern: "M2 2h8v8H2z", unusual: "M2 1.5h8l-8 9h8z" }[mark];
  if (!shape) return [];
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 12 12");
  svg.setAttribute("class", `mark mark-${mark}`);
  svg.append(document.createElementNS(SVG, "path"));
  svg.firstChild.setAttribute("d", shape);
  return [svg];
}

class P2Chart extends HTMLElement {
  static observedAttributes = ["src", "version"];

  #picture; // where Plotly draws
  #panel; // what the point under the pointer or the keyboard says
  #voice; // the same, for a screen reader
  #message;
  #drawn = ""; // the address of the figure on show
  #paper; // the light figure, kept for print while the page is dark
  #position = -1;
  #request;
  #brought = {}; // by the news: the address that it answers, and the figure
  #watchers = [];

  connectedCallback() {
    if (this.#watchers.length) return; // only moved
    this.#frame();
    const resize = new ResizeObserver(() => this.#soon());
    resize.observe(this);
    const theme = new MutationObserver(() => this.#draw());
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    const listening = new AbortController();
    const until = { signal: listening.signal };
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw(), until);
    window.addEventListener("beforeprint", () => this.#print(), until);
    window.addEventListener("afterprint", () => this.#draw(true), until);
    this.addEventListener("keydown", (event) => this.#key(event), until);
    this.addEventListener("focusout", () => this.#hide(), until);
    this.#watchers = [resize, theme, { disconnect: () => listening.abort() }];
    this.#draw();
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#leave());
  }

  #leave() {
    for (const watcher of this.#watchers) watcher.disconnect();
    this.#watchers = [];
    clearTimeout(this.waiting);
    this.#request?.abort();
    if (this.#drawn) window.Plotly.purge(this.#picture);
    this.#drawn = "";
  }

  attributeChangedCallback(name, before, after) {
    if (this.isConnected && this.#picture && before !== after) this.#draw(true);
  }

  // What the news are to bring along: the figure in the theme and width of the picture on show.
  ask(query) {
    if (!this.#drawn) return;
    const asked = new URL(this.#drawn).searchParams;
    for (const name of ["theme", "width"]) query.set(name, asked.get(name));
  }

  take(next) {
    const figure = next.querySelector("script")?.textContent;
    if (figure) this.#brought = { address: this.#drawn, figure: JSON.parse(figure) };
  }

  // The picture as a file of its own: chart.download("svg") or chart.download("png").
  async download(format) {
    const Plotly = await loadLibrary();
    const { offsetWidth: width, offsetHeight: height } = this.#picture;
    const filename = this.getAttribute("filename") || "chart";
    // Paper is white; and a file has no web font, so that its words need more room.
    const { data, layout } = this.#paper ?? this.#picture;
    const { l, t, r, b } = layout.margin;
    const said = (name, letter) => inLines(this.getAttribute(name) ?? "", width - 1.5 * l, letter);
    const [heading, verdict] = [said("heading", 15 * BOLD_LETTER), said("verdict", 13 * LETTER)];
    const notes = this.#notes(width - 2 * l);
    const top = TITLE_ROOM + (heading.length + verdict.length - 2) * TITLE_LINE;
    const foot = notes.length ? (notes.length + 1) * NOTE_LINE : 0;
    const margin = { ...layout.margin, t: t + top, r: Math.round(r * 1.2), b: b + foot };
    const font = (size, weight) => ({ size, weight, color: layout.font?.color });
    const title = { text: heading.join("<br>"), x: 0, xref: "paper", y: 1, yref: "container", yanchor: "top",
      pad: { t: 12 * heading.length }, font: font(15, 650), subtitle: { text: verdict.join("<br>"), font: font(13, 400) } };
    const below = { text: notes.join("<br>"), font: font(12, 400), showarrow: false, align: "left",
      x: 0, xref: "paper", xanchor: "left", y: 0, yref: "paper", yanchor: "top", yshift: -b - NOTE_LINE / 2 };
    const annotations = notes.length ? [...(layout.annotations ?? []), below] : layout.annotations;
    const all = height + top + foot;
    const whole = { data, layout: { ...layout, margin, title, annotations, height: all } };
    return Plotly.downloadImage(whole, { format, width, height: all, filename, scale: 2 });
  }

  #notes(width) {
    const items = document.getElementById(this.getAttribute("notes"))?.children ?? [];
    return [...items].flatMap((item) => inLines(item.textContent, width, 12 * LETTER));
  }

  #frame() {
    if (this.#picture) return;
    this.#picture = made("div", "chart-picture");
    this.#picture.tabIndex = 0;
    this.#picture.setAttribute("role", "group");
    this.#picture.setAttribute("aria-roledescription", script.dataset.wordChart);
    this.#picture.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.#picture.hidden = true;
    this.#panel = made("div", "chart-panel");
    this.#panel.hidden = true;
    this.#panel.setAttribute("aria-hidden", "true");
    this.#voice = made("p", "chart-voice");
    this.#voice.setAttribute("aria-live", "polite");
    this.#message = made("p", "chart-message");
    this.#message.setAttribute("role", "status");
    this.#message.hidden = true;
  }

  #soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#draw(), 120);
  }

  #address(theme) {
    const address = new URL(this.getAttribute("src"), document.baseURI);
    address.searchParams.set("theme", theme);
    const width = Math.floor(this.clientWidth / WIDTH_STEP) * WIDTH_STEP;
    address.searchParams.set("width", String(width));
    return address.href;
  }

  async #fetch(address, signal) {
    const { address: known, figure } = this.#brought;
    this.#brought = {};
    if (address === known) return figure;
    const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  async #draw(again = false) {
    if (!this.getAttribute("src") || !this.clientWidth) return;
    const theme = pageTheme();
    const address = this.#address(theme);
    if (!again && address === this.#drawn) {
      window.Plotly.Plots.resize(this.#picture);
      return;
    }
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    try {
      const [Plotly, figure] = await Promise.all([loadLibrary(), this.#fetch(address, request.signal)]);
      if (request.signal.aborted) return;
      await this.#show(Plotly, figure);
      this.#drawn = address;
      this.#message.hidden = true;
      this.#paper = theme === "dark" ? await this.#fetch(this.#address("light"), request.signal) : undefined;
    } catch (error) {
      if (error.name !== "AbortError") this.#fail();
    }
  }

  async #show(Plotly, figure) {
    const isFirst = !this.#drawn;
    if (isFirst) {
      this.replaceChildren(this.#picture, this.#panel, this.#voice, this.#message);
      this.#picture.hidden = false;
    }
    this.#hide();
    // The panel of the page takes the place of Plotly's own label.
    for (const trace of figure.data) trace.hoverinfo = trace.name === POINTS ? "none" : "skip";
    await Plotly.react(this.#picture, figure.data, figure.layout, figure.config);
    if (!isFirst) return;
    this.#picture.on("plotly_hover", ({ points: [point] }) => this.#tell(point.pointNumber));
    this.#picture.on("plotly_unhover", () => this.#hide());
  }

  #fail() {
    const { wordsLost, wordsNotLoaded, wordsAgain } = script.dataset;
    const again = made("button", "button small", wordsAgain);
    again.type = "button";
    again.addEventListener("click", () => this.#draw(true));
    this.#message.replaceChildren(`${this.#drawn ? wordsLost : wordsNotLoaded} `, again);
    this.#message.hidden = false;
    if (!this.contains(this.#message)) this.append(this.#message);
  }

  #print() {
    if (this.#paper) this.#show(window.Plotly, this.#paper);
  }

  #points() {
    return this.#picture.data?.find((trace) => trace.name === POINTS);
  }

  #key(event) {
    const count = this.#points()?.x.length ?? 0;
    if (!count || event.target !== this.#picture) return;
    const from = this.#position < 0 ? count : this.#position;
    const wanted = { ArrowLeft: from - 1, ArrowRight: from + 1, Home: 0, End: count - 1 }[event.key];
    if (event.key === "Escape") this.#hide();
    if (wanted === undefined) return;
    event.preventDefault();
    this.#tell(Math.min(Math.max(wanted, 0), count - 1));
    this.#voice.textContent = this.#points().customdata[this.#position].slice(0, 3).concat(this.#words()).filter(Boolean).join(", ");
  }

  // The verdict in words: the mark's name where it means something, and why.
  #words() {
    const [, , , mark, why] = this.#points().customdata[this.#position];
    return why || (script.getAttribute(`data-mark-${mark}`) ?? []);
  }

  #tell(position) {
    this.#position = position;
    const trace = this.#points();
    const [period, value, parts, mark, why] = trace.customdata[position];
    const head = made("p", "chart-panel-head");
    head.append(made("b", "", period), made("b", "chart-panel-value", value));
    this.#panel.replaceChildren(head);
    if (parts) this.#panel.append(made("p", "chart-panel-parts", parts));
    if (why) {
      const words = made("p", `chart-panel-why mark-words-${mark}`);
      words.append(...drawnMark(mark), why);
      this.#panel.append(words);
    }
    this.#panel.hidden = false;
    this.#place(trace.x[position], trace.y[position]);
  }

  // Above the point, or below it where there is no room; never beyond the sides of the chart.
  #place(x, y) {
    const { xaxis, yaxis } = this.#picture._fullLayout;
    const left = xaxis._offset + xaxis.d2p(x);
    const top = yaxis._offset + yaxis.d2p(y);
    const { offsetWidth: wide, offsetHeight: tall } = this.#panel;
    const start = Math.min(Math.max(left - wide / 2, 0), this.clientWidth - wide);
    this.#panel.style.left = `${start}px`;
    this.#panel.style.top = `${top - tall - 12 >= 0 ? top - tall - 12 : top + 12}px`;
    this.style.setProperty("--point-x", `${left}px`);
    this.style.setProperty("--point-y", `${top}px`);
  }

  #hide() {
    this.#panel.hidden = true;
    this.#position = -1;
  }
}

customElements.define("p2-chart", P2Chart);

// <button type="button" data-chart="ID" data-format="svg">: downloads the picture of that chart.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-chart][data-format]");
  if (button) document.getElementById(button.dataset.chart)?.download(button.dataset.format);
});
