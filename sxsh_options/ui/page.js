// Puts our words in place of the framework's English ones where no setting reaches: labels, hints, tooltips.
// `words` (English to ours) and `dialogs` (names of dialogs) stand in front of this script and are new after a
// change of language.
(() => {
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];
  const DIALOG = 'section[role="dialog"]';

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
    // The label of a checkbox stands here as Markdown source, with its backslashes.
    if (element.matches('input[type="checkbox"][aria-label*="\\\\"]')) {
      element.setAttribute("aria-label", element.getAttribute("aria-label").replace(/\\([!-/:-@[-`{-~])/g, "$1"));
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
  // The framework's own dialogs have no name. A style sheet could tell them by what is in them, but then the
  // browser looks at the whole page again for every change in it.
  const mark = (dialog) => {
    const lost = dialog.querySelector('[data-testid="stErrorCodeBlock"]');
    const kind = lost ? "lost" : dialog.querySelector("[data-testid]") ? "" : "no_page";
    if (dialog.dataset.sxDialog === kind) return;
    dialog.dataset.sxDialog = kind;
    if (!kind) return;
    dialog.removeAttribute("aria-labelledby"); // its heading, whose English is hidden from eyes alone
    dialog.setAttribute("aria-label", dialogs[kind]);
  };
  // So for containers of a kind, which the framework knows by a part of their class alone.
  const KIND = /(?:^| )st-key-(pairs|row|pair-vat)-|-(measure|means)(?= |$)/;
  const name = (element) => {
    const found = KIND.exec(element.getAttribute("class") ?? "");
    const kind = found ? found[1] ?? found[2] : undefined;
    if (element.dataset.sxKind === kind) return;
    if (kind) element.dataset.sxKind = kind;
    else delete element.dataset.sxKind;
  };
  const NAVIGATION = ":is(.st-key-nav, .st-key-nav_section)";
  // The link to the page that is shown; the framework only tints it.
  page.here = () => {
    const shown = location.pathname.split("/").pop();
    for (const link of document.querySelectorAll(`${NAVIGATION} a`)) {
      if (link.getAttribute("href").split("?")[0] === shown) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    return document.querySelector(`${NAVIGATION} [aria-current="page"]`);
  };
  const all = (root) => {
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    translate(root);
    name(root);
    if (root.closest(NAVIGATION) || root.querySelector(NAVIGATION)) page.here();
    root.querySelectorAll('[class*="st-key-"]').forEach(name);
    root.querySelectorAll(DIALOG).forEach(mark);
    if (root.matches(DIALOG)) mark(root);
    root.querySelectorAll("[aria-label], [title], [placeholder], [alt], button, [data-testid=stSkipToContent]").forEach(translate);
  };

  page.words = words;
  page.observer?.disconnect();
  page.observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.attributeName === "class") name(change.target);
      else if (change.type === "attributes") translate(change.target);
      else change.addedNodes.forEach(all);
      const dialog = change.target.closest?.(DIALOG);
      if (dialog) mark(dialog);
    }
  });
  page.observer.observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["class", ...ATTRIBUTES],
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

  const typing = () => document.documentElement.toggleAttribute("data-typing", Boolean(field()));

  addEventListener("focusin", () => { known = field()?.value ?? ""; typing(); }, capture);
  addEventListener("focusout", () => setTimeout(typing), capture);
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

// A server that was started anew knows nothing of the page that is still open, and would not notice the next
// entry. So the page is run once when the connection is back, and then what was typed since the last run that
// came to its end is entered again.
(() => {
  if (window.sxsh.connection) return;
  window.sxsh.connection = true;
  const CONNECTION = "data-test-connection-state", RUN = "data-test-script-state";
  const FIELD = '[data-testid="stTextInput"] input, [data-testid="stTextArea"] textarea';
  const typed = new Map(); // key of a field -> its text
  const SETTLED_MS = 500;
  let lost = false, back = false, runs = 0;

  const keyOf = (field) => /st-key-\S+/.exec(field.closest('[class*="st-key-"]')?.className ?? "")?.[0];
  const enter = (key, text) => {
    const field = document.querySelector(`.${CSS.escape(key)}`)?.querySelector("input, textarea");
    if (!field || field.value === text) return;
    field.focus();
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.blur();
  };
  const enterAgain = (run) => {
    const app = document.querySelector(".stApp");
    // The first visit to a new server is led through several runs.
    if (run !== runs || lost || app?.getAttribute(RUN) !== "notRunning") return;
    back = false;
    [...typed].forEach(([key, text]) => enter(key, text));
  };
  // What is wrong with a chosen file may stand below what the window shows.
  let told;
  const tell = () => {
    const report = document.querySelector(".st-key-faults");
    const file = report?.querySelector('[role="alert"]')?.id;
    if (!file || file === told) return;
    told = file;
    report.scrollIntoView();
  };
  const finished = () => {
    window.sxsh.here();
    tell();
    if (lost) return;
    if (back) setTimeout(enterAgain, SETTLED_MS, ++runs);
    else {
      const inUse = document.activeElement ? keyOf(document.activeElement) : undefined;
      for (const key of [...typed.keys()]) if (key !== inUse) typed.delete(key);
    }
  };

  addEventListener("input", (event) => {
    const key = event.target.matches(FIELD) ? keyOf(event.target) : undefined;
    if (key) typed.set(key, event.target.value);
  }, true);
  new MutationObserver((changes) => {
    for (const { target, attributeName } of changes) {
      const now = target.getAttribute(attributeName);
      if (attributeName === RUN && now === "notRunning") finished();
      if (attributeName !== CONNECTION) continue;
      if (lost && now === "CONNECTED") {
        back = true;
        window.sxsh.here()?.click();
      }
      lost = now !== "CONNECTED";
    }
  }).observe(document.body, { subtree: true, attributeFilter: [CONNECTION, RUN] });
})();
