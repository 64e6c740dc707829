// <p2-live src="…/live" stamp-src="/stamps/…" stamp="5fA" every="1800" have="12">: keeps its children as the server has them.
//
// stamp-src  what is asked, for as long as the page is seen: answers 200 with a stamp, another one when there is
//            news; 204 while the site cannot tell; 404 when the key in the address is over. With the page's stamp in
//            `?have=` the answer is held until there is news, or until the site has waited long enough
// stamp      the stamp when the children were read
// every      milliseconds between questions that are not held; spread a little, so that pages do not ask in step
// src        the news: answers 204 while the version in `?have=` is the newest, else 200 with the fragment and its
//            version in the X-Version header; both with a new `stamp-src` in X-Stamp-Src, and in X-Stamp with the
//            stamp that it had when they were read, so that what came meanwhile is not asked for once more
// have       the version of the children it starts with
// lost       what it says after some failures
// Without script the children are simply there.

const SLOWEST = 15000; // ms between questions after many failures, and while the site cannot tell
const PATIENCE = 3; // failures before it is said
const SPREAD = 0.1; // of the time between questions, earlier or later
const GATHER = 400; // ms from the first word of a change to asking for the news: the computed chart comes with them
const GATHER_SPREAD = 0.6; // of that, earlier or later: not all who look at one chart ask at once
const LONGEST = 60000; // ms until a question counts as failed: a connection may be gone without a word
const HELD = "p2-live"; // the lock of the one page of a browser whose question is held

const spread = (wait, share) => wait * (1 + share * (2 * Math.random() - 1));

const pause = (wait, signal) =>
  new Promise((done, refuse) => {
    const timer = setTimeout(done, wait);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      refuse(signal.reason);
    });
  });

class P2Live extends HTMLElement {
  #timer;
  #failures = 0;
  #isUntold = false; // the site cannot tell whether there is news: it is asked for the news itself, now and then
  #isHeld = false; // the site may wait with its answer
  #request;
  #seen = () => (document.hidden ? this.#stop() : this.#ask());

  connectedCallback() {
    document.addEventListener("visibilitychange", this.#seen);
    if (!document.hidden) this.#later(GATHER);
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#seen);
    this.#stop();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), spread(wait, SPREAD));
  }

  // Milliseconds to the next question after one that took `passed`: none after one that was held.
  #pauseAfter(passed, isNews) {
    const every = Number(this.getAttribute("every")) || 1800;
    if (this.#failures) return Math.min(every * 2 ** this.#failures, SLOWEST);
    if (this.#isUntold) return SLOWEST;
    return this.#isHeld && isNews ? GATHER : Math.max(0, every - passed);
  }

  async #ask() {
    this.#stop();
    const request = (this.#request = new AbortController());
    const { signal } = request;
    const tooLong = setTimeout(() => request.abort(new Error("no answer")), LONGEST);
    const began = performance.now();
    let isNews = false;
    try {
      const stamp = await this.#askForStamp(signal);
      const isUntold = stamp === undefined;
      isNews = stamp !== this.getAttribute("stamp");
      if (this.#isHeld && isNews) await pause(spread(GATHER, GATHER_SPREAD), signal);
      const isAsked = isUntold || this.#isUntold || isNews;
      const newest = (isAsked && (await this.#askForNews(signal))) || stamp;
      this.#isUntold = isUntold;
      if (newest) this.setAttribute("stamp", newest);
      this.#failures = 0;
      this.#say("");
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#failures += 1;
      if (this.#failures >= PATIENCE) this.#say(this.getAttribute("lost") ?? "");
    } finally {
      clearTimeout(tooLong);
    }
    if (this.isConnected && !document.hidden) this.#later(this.#pauseAfter(performance.now() - began, isNews));
  }

  // The stamp; undefined while the site cannot tell, null where the key is over.
  async #askForStamp(signal) {
    const answer = await this.#answerOf(this.getAttribute("stamp-src"), signal);
    if (answer.status === 204) return undefined;
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.text();
  }

  // Held for one page of a browser alone: it has six connections to a site, and six held questions would take them all.
  #answerOf(address, signal) {
    const ask = (lock) => {
      this.#isHeld = Boolean(lock);
      const have = this.#isHeld ? `?have=${encodeURIComponent(this.getAttribute("stamp"))}` : "";
      return fetch(address + have, { signal, credentials: "omit", cache: "no-store" });
    };
    if (!navigator.locks || this.#failures) return ask(null); // locks need https, or localhost
    return navigator.locks.request(HELD, { ifAvailable: true }, ask);
  }

  // The stamp of the news that came; empty where the site cannot tell.
  async #askForNews(signal) {
    const address = new URL(this.getAttribute("src"), document.baseURI);
    address.searchParams.set("have", this.getAttribute("have") ?? "");
    for (const kept of this.querySelectorAll("[data-keep]")) kept.ask?.(address.searchParams);
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    // A redirect is the sign-in page: not the fragment that was asked for.
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    if (answer.status !== 204) this.#replace(await answer.text(), answer.headers.get("X-Version"));
    this.setAttribute("stamp-src", answer.headers.get("X-Stamp-Src"));
    return answer.headers.get("X-Stamp");
  }

  #replace(fragment, version) {
    const focused = this.contains(document.activeElement) ? this.#pathTo(document.activeElement) : null;
    const scrolled = [...this.querySelectorAll("[id]")].map((one) => [one.id, one.scrollLeft, one.scrollTop]);
    const { scrollX, scrollY } = window;
    const template = document.createElement("template");
    template.innerHTML = fragment;
    this.#keep(template.content);
    this.replaceChildren(template.content);
    if (version !== null) this.setAttribute("have", version);
    window.htmx?.process(this);
    for (const [id, left, top] of scrolled) document.getElementById(id)?.scrollTo(left, top);
    window.scrollTo(scrollX, scrollY);
    if (focused) this.#find(focused)?.focus({ preventScroll: true });
  }

  // What carries `data-keep` and an id stays as it is, with its new attributes: a chart keeps its picture.
  // It may say in the question for the news what else it wants (`ask`), and takes that from the answer (`take`).
  #keep(fresh) {
    for (const next of fresh.querySelectorAll("[data-keep][id]")) {
      const kept = this.querySelector(`#${CSS.escape(next.id)}`);
      if (!kept) continue;
      kept.take?.(next);
      for (const { name, value } of next.attributes) {
        if (kept.getAttribute(name) !== value) kept.setAttribute(name, value);
      }
      next.replaceWith(kept);
    }
  }

  // Where an element stands: its id, else its place among the children, level by level.
  #pathTo(element) {
    if (element.id) return element.id;
    const path = [];
    for (let one = element; one !== this; one = one.parentElement) {
      path.unshift([...one.parentElement.children].indexOf(one));
    }
    return path;
  }

  #find(path) {
    if (typeof path === "string") return document.getElementById(path);
    return path.reduce((element, place) => element?.children[place], this);
  }

  #say(words) {
    let status = this.querySelector(":scope > .live-status");
    if (!words) return status?.remove();
    if (!status) {
      status = document.createElement("p");
      status.className = "live-status";
      status.setAttribute("role", "status");
      this.append(status);
    }
    if (status.textContent !== words) status.textContent = words;
  }
}

customElements.define("p2-live", P2Live);
