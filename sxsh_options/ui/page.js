// Puts our words in place of the framework's English ones where no setting reaches: labels, hints, tooltips.
// `words` (English to ours) stands in front of this script and is new after a change of language.
(() => {
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];

  const page = (window.sxsh ??= { first: new WeakMap() }); // element -> attribute -> what the framework wrote

  const translate = (element) => {
    for (const attribute of ATTRIBUTES) {
      const shown = element.getAttribute(attribute);
      if (!shown) continue;
      const known = page.first.get(element) ?? {};
      const original = shown in page.words ? shown : known[attribute];
      if (original === undefined || (shown !== original && shown !== known[attribute + ":ours"])) continue;
      const ours = page.words[original];
      page.first.set(element, { ...known, [attribute]: original, [attribute + ":ours"]: ours });
      if (ours !== shown) element.setAttribute(attribute, ours);
    }
    // The button of a file field: its own text is hidden in favour of ours, so it needs a name.
    if (element.matches('[data-testid="stFileUploaderDropzone"] button')) {
      const name = page.words["Upload"];
      if (element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
    }
    if (element.matches('[data-testid="stSkipToContent"]')) {
      const name = page.words["Skip to main content"];
      if (element.getAttribute("aria-label") !== name) element.setAttribute("aria-label", name);
    }
  };
  const all = (root) => {
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    translate(root);
    root.querySelectorAll("[aria-label], [title], [placeholder], [alt], button, [data-testid=stSkipToContent]").forEach(translate);
  };

  page.words = words;
  page.observer?.disconnect();
  page.observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translate(change.target);
      else change.addedNodes.forEach(all);
    }
  });
  page.observer.observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
  all(document.body);
})();

// A click right behind typed text must do both: send the text, then click. By itself the framework sends the
// text when the field is left, between press and release; what then moves or reruns swallows the click. So the
// field keeps the focus while the button is pressed, is left at the click, and the click is repeated once
// the run that the text causes has begun.
(() => {
  if (window.sxsh.clicks) return;
  window.sxsh.clicks = true;
  const LONGEST_WAIT_MS = 1000; // for that run: a text that the server has already causes none
  const SHORTEST_WAIT_MS = 40;
  const capture = true;
  let known = ""; // the text of the field in use as the server has it
  const field = () => (document.activeElement?.matches("input, textarea") ? document.activeElement : null);
  const clicked = (event) =>
    event.isTrusted && field() && field().value !== known
      ? event.target.closest?.("button, a[href], label, summary") : null;
  const state = () => document.querySelector(".stApp")?.dataset.testScriptState;

  addEventListener("focusin", () => { known = field()?.value ?? ""; }, capture);
  addEventListener("keydown", (event) => { if (event.key === "Enter") known = field()?.value ?? ""; }, capture);
  addEventListener("mousedown", (event) => {
    if (event.button === 0 && clicked(event)) event.preventDefault();
  }, capture);
  addEventListener("click", (event) => {
    const target = clicked(event);
    if (!target) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const before = state();
    const since = performance.now();
    field().blur();
    const again = () => {
      const waited = performance.now() - since;
      const begun = state() === "running" && before !== "running";
      if (waited < SHORTEST_WAIT_MS || (!begun && waited < LONGEST_WAIT_MS)) setTimeout(again, 10);
      else if (target.isConnected) target.click();
    };
    again();
  }, capture);
})();

// The grid counts the characters of a pasted text as if each were one unit; one beyond the first plane, such as
// an emoji, shifts every later cell. It reads a table of HTML rightly, so such a text is handed on as one.
(() => {
  if (window.sxsh.pastes) return;
  window.sxsh.pastes = true;

  const cells = (text) => {
    const rows = [[""]];
    let quoted = false;
    for (let at = 0; at < text.length; at++) {
      const row = rows[rows.length - 1];
      const mark = text[at];
      if (quoted) {
        if (mark !== '"') row[row.length - 1] += mark;
        else if (text[at + 1] === '"') row[row.length - 1] += text[at++];
        else quoted = false;
      } else if (mark === '"' && row[row.length - 1] === "") quoted = true;
      else if (mark === "\t") row.push("");
      else if (mark === "\n") rows.push([""]);
      else if (mark !== "\r") row[row.length - 1] += mark;
    }
    const last = rows[rows.length - 1];
    if (rows.length > 1 && last.length === 1 && last[0] === "") rows.pop();
    return rows;
  };
  const table = (rows) => {
    const body = document.createElement("table");
    for (const row of rows) {
      const line = body.insertRow();
      for (const cell of row) line.insertCell().textContent = cell;
    }
    return body.outerHTML;
  };

  const clipboard = navigator.clipboard;
  if (!clipboard?.read) return;
  const read = clipboard.read.bind(clipboard);
  const type = "text/html";
  clipboard.read = async () => {
    const items = await read();
    if (items.some((item) => item.types.includes(type))) return items;
    const plain = items.find((item) => item.types.includes("text/plain"));
    const text = plain ? await (await plain.getType("text/plain")).text() : "";
    if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return items;
    const rows = new Blob([table(cells(text))], { type });
    return [{ types: [type], getType: async () => rows }];
  };
})();
