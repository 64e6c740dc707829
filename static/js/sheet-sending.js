// How the sheet asks its site: with the page's token, once more with a new one where a sign-in elsewhere renewed it,
// and with a sentence of the page where the answer is none. sheet.js and sheet-paste.js ask by it; words are the form's.

const form = document.querySelector("[data-sheet]");

if (form) {
  const words = form.dataset;
  const headers = { Accept: "text/html", "X-Requested-With": "fetch" };

  // Why nothing came back: somebody else's sign-in, a right that ended, the site's own sentence.
  async function refusal(answer) {
    if (answer.status === 409) return (await answer.text()) || words.wordsSomebodyElse;
    return [403, 404].includes(answer.status) ? words.wordsNotYours : words.wordsRefused;
  }

  async function textOf(answer) {
    if (answer.ok && !answer.redirected) return answer.text();
    if (answer.redirected) throw new Error("signed out"); // whyNot has the words
    throw new Error(await refusal(answer));
  }

  form.copyOf = (name) => form.querySelector(`template[data-${name}]`).content.cloneNode(true);

  // The words for a reader, with the way to sign in.
  form.whyNot = ({ message }, isNote) => {
    const why = document.createElement("span");
    if (message === "signed out") why.append(form.copyOf(isNote ? "signed-out-note" : "signed-out"));
    else why.append(isNote && message === words.wordsRefused ? words.wordsNoteRefused : message);
    return why;
  };

  // What fetch throws where there is no line says nothing to a reader.
  const inWords = (error) => (error instanceof TypeError ? new Error(words.wordsOffline) : error);

  // The token of who opened the page, for all of its forms. A sign-in renews it; another person's page gets none.
  form.renewToken = async () => {
    const answer = await fetch(`${words.tokenUrl}?reader=${words.reader}`, { headers, cache: "no-store" });
    const token = await textOf(answer);
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  };

  form.ask = async (address) => {
    try {
      return await textOf(await fetch(address, { headers }));
    } catch (error) {
      throw inWords(error);
    }
  };

  form.send = async (address, body) => {
    const post = () => {
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      return fetch(address, { method: "POST", body, keepalive: true, headers });
    };
    try {
      const answer = await post();
      if (answer.status !== 403) return await textOf(answer);
      await form.renewToken();
      return await textOf(await post());
    } catch (error) {
      throw inWords(error);
    }
  };
}
