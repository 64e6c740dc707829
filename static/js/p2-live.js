// <p2-live src="…/live" stamp-src="/stamps/…" stamp="5fA" every="1800" have="12">: keeps its children as the server has them.
//
// stamp-src  what is asked, for as long as the page is seen: answers 200 with a stamp, another one when there is
//            news; 204 while the site cannot tell; 404 when the key in the address is over
// stamp      the stamp when the children were read
// every      milliseconds between questions; they are spread a little, so that pages do not ask in step
// src        the news: answers 204 while the version in `?have=` is the newest, else 200 with the fragment and its
//            version in the X-Version header; both with a new `stamp-src` in X-Stamp-Src
// have       the version of the children it starts with
// lost       what it says after some failures
// Without script the children are simply there.

const SLOWEST = 15000; // ms between questions after many failures, and while the site cannot tell
const PATIENCE = 3; // failures before it is said
const SPREAD = 0.1; // of the time between questions, earlier or later

class P2Live extends HTMLElement {
  #timer;
  #failures = 0;
  #isUntold = false; // the site cannot tell whether there is news: it is asked for the news itself, now and then
  #request;
  #seen = () => (document.hidden ? this.#stop() : this.#ask());

  connectedCallback() {
    document.addEventListener("visibilitychange", this.#seen);
    if (!document.hidden) this.#later();
  }

  disconnectedCallback() {
    document.removeEventListener("visibilitychange", this.#seen);
    this.#stop();
  }

  #stop() {
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  #later() {
    clearTimeout(this.#timer);
    const every = Number(this.getAttribute("every")) || 1800;
    const usual = this.#isUntold ? SLOWEST : every;
    const wait = this.#failures ? Math.min(every * 2 ** this.#failures, SLOWEST) : usual;
    this.#timer = setTimeout(() => this.#ask(), wait * (1 + SPREAD * (2 * Math.random() - 1)));
  }

  async #ask() {
    this.#stop();
    const { signal } = (this.#request = new AbortController());
    try {
      const stamp = await this.#askForStamp(signal);
      const isUntold = stamp === undefined;
      if (isUntold || this.#isUntold || stamp !== this.getAttribute("stamp")) await this.#askForNews(signal);
      this.#isUntold = isUntold;
      if (stamp) this.setAttribute("stamp", stamp);
      this.#failures = 0;
      this.#say("");
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#failures += 1;
      if (this.#failures >= PATIENCE) this.#say(this.getAttribute("lost") ?? "");
    }
    if (this.isConnected && !document.hidden) this.#later();
  }

  // The stamp; undefined while the site cannot tell, null where the key is over.
  async #askForStamp(signal) {
    const answer = await fetch(this.getAttribute("stamp-src"), { signal, credentials: "omit", cache: "no-store" });
    if (answer.status === 204) return undefined;
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.text();
  }

  async #askForNews(signal) {
    const address = new URL(this.getAttribute("src"), document.baseURI);
    address.searchParams.set("have", this.getAttribute("have") ?? "");
    for (const kept of this.querySelectorAll("[data-keep]")) kept.ask?.(address.searchParams);
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" } });
    // A redirect is the sign-in page: not the fragment that was asked for.
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    if (answer.status !== 204) this.#replace(await answer.text(), answer.headers.get("X-Version"));
    this.setAttribute("stamp-src", answer.headers.get("X-Stamp-Src"));
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
