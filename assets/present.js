/* The meeting: keys and clicker for wall and clerk, the timer between two answers, and the ways in and out. */
(() => {
  const DESK = /^\/meeting(?:\/(\d{4}-\d{2}-\d{2}))?\/?$/;
  const ROOM = /^\/meeting\/(\d{4}-\d{2}-\d{2})\/(present|clerk)\/?$/;
  const PATIENCE = 10_000, APART = 100, JUMPING = 4000;
  const room = () => ROOM.exec(window.location.pathname);
  const stage = () => document.querySelector("[data-items]");
  const shown = () => document.querySelector("[data-timer]");

  /* ── where to go: always a certain item, so that a key pressed twice or sent again does no harm ── */

  let aim = null, aimedAt = 0, asks = 0;
  const waiting = [];

  /* two asked at once would be one for Dash: they go one after the other, of several places only the last */
  function ask(what) {
    if (what.go && waiting.at(-1)?.go) waiting.pop();
    waiting.push(what);
  }

  setInterval(() => {
    if (stage()?.dataset.here === aim) aim = null;
    const what = waiting.shift();
    if (!what) return;
    asks += 1;
    window.dash_clientside?.set_props?.("record-meeting-ask", { data: { ...what, n: `${Date.now()}.${asks}` } });
  }, APART);

  function go(key) {
    aim = key;
    aimedAt = Date.now();
    ask({ go: key });
  }

  function step(by) {
    const box = stage();
    if (!box) return;
    const keys = JSON.parse(box.dataset.items);
    const from = aim !== null && Date.now() - aimedAt < PATIENCE && keys.includes(aim) ? aim : box.dataset.here;
    go(keys[Math.min(keys.length - 1, Math.max(0, keys.indexOf(from) + by))]);
  }

  let digits = "", typedAt = 0;

  function type(digit) {
    digits = (Date.now() - typedAt < JUMPING ? digits : "") + digit;
    typedAt = Date.now();
    const place = document.querySelector("[data-typed]");
    if (place) place.dataset.typed = digits;
    setTimeout(() => { if (Date.now() - typedAt >= JUMPING) forget(); }, JUMPING);
  }

  function forget() {
    digits = "";
    const place = document.querySelector("[data-typed]");
    if (place) place.dataset.typed = "";
  }

  function jump() {
    const box = stage(), number = Number(digits);
    const fresh = digits && Date.now() - typedAt < JUMPING;
    forget();
    if (!box || !fresh) return;
    if (number < 1 || number > Number(box.dataset.count)) { beyond(number); return; }
    go(JSON.parse(box.dataset.items)[Number(box.dataset.from) + number - 1]);
  }

  /* a number of no item is said, and forgotten again */
  function beyond(number) {
    const place = document.querySelector("[data-typed]");
    if (!place) return;
    place.dataset.typed = place.dataset.beyond.replace("{n}", number);
    typedAt = Date.now();
    setTimeout(() => { if (Date.now() - typedAt >= JUMPING) forget(); }, JUMPING);
  }

  const turn = () => ask({ timer: !shown()?.dataset.running });

  /* ── keys ── */

  function leave() {
    const box = stage(), kept = new URLSearchParams(window.location.search);
    kept.delete("wall");
    const query = kept.toString(), item = box ? `#${encodeURIComponent(box.dataset.here)}` : "";
    window.location.assign(`/meeting/${room()[1]}${query ? `?${query}` : ""}${item}`);
  }

  function present() {
    const link = document.querySelector("a[href*='/present']");
    const papers = document.querySelector("a[href*='/papers/']")?.getAttribute("href") || "";
    const day = DESK.exec(window.location.pathname)[1] || /\d{4}-\d{2}-\d{2}/.exec(papers)?.[0];
    if (link) window.location.assign(link.href);
    else if (day) window.location.assign(`/meeting/${day}/present${window.location.search}`);
  }

  const KEYS = {
    ArrowLeft: () => step(-1), ArrowRight: () => step(1), PageUp: () => step(-1), PageDown: () => step(1),
    " ": turn, Enter: jump,
  };

  window.addEventListener("keydown", (event) => {
    const writing = event.target.closest?.("input, textarea, select, button, a, [contenteditable], [role='listbox'], [role='radiogroup']");
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = room(), key = event.key;
    if (DESK.test(window.location.pathname) && key.toLowerCase() === "p") { event.stopPropagation(); present(); return; }
    if (!here) return;
    const act = KEYS[key] || (/^\d$/.test(key) && (() => type(key))) || (key === "Escape" && here[2] === "present" && leave);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-go]");
    if (!button || !room()) return;
    const what = button.dataset.go;
    if (what === "timer") turn();
    else if (what === "reset") ask({ reset: true });
    else if (what === "+1" || what === "-1") step(Number(what));
    else go(what);
  });

  /* ── the timer runs on between two answers; a new version of the place sets it right ── */

  const two = (n) => String(n).padStart(2, "0");
  let version = null, base = 0, since = 0;

  setInterval(() => {
    const clock = shown();
    if (!clock) { version = null; return; }
    if (clock.dataset.timer !== version) {
      version = clock.dataset.timer;
      base = Number(clock.dataset.seconds);
      since = performance.now();
    }
    const spent = base + (clock.dataset.running ? Math.floor((performance.now() - since) / 1000) : 0);
    const text = `${Math.floor(spent / 60)}:${two(spent % 60)}`, figure = clock.querySelector("b");
    if (figure && figure.textContent !== text) figure.textContent = text;
    clock.classList.toggle("over", spent > Number(clock.dataset.limit));
  }, 250);

  /* ── the clerk: letters that are still being composed are not saved ── */

  window.addEventListener("input", (event) => {
    if (event.isComposing && event.target.closest?.(".clerk")) event.stopImmediatePropagation();
  }, true);
  window.addEventListener("compositionend", (event) => {
    if (event.target.closest?.(".clerk")) event.target.dispatchEvent(new Event("input", { bubbles: true }));
  }, true);

  /* what does not fit is refused whole: a browser would cut it in the middle of a word */
  window.addEventListener("beforeinput", (event) => {
    const box = event.target;
    if (!box.closest?.(".mform") || !(box.maxLength > 0)) return;
    const more = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
    const full = more !== "" && box.value.length - (box.selectionEnd - box.selectionStart) + more.length > box.maxLength;
    document.querySelector(`label[for="${box.id}"]`)?.classList.toggle("full", full);
    if (full && event.cancelable) event.preventDefault();
  }, true);

  /* ── back at the desk: at the same item ── */

  function find() {
    const key = decodeURIComponent(window.location.hash.slice(1));
    if (!key || !DESK.test(window.location.pathname)) return;
    const look = () => {
      const place = document.querySelector(`[data-item="${CSS.escape(key)}"], .page.meeting a[href*="/cases/${CSS.escape(key)}"]`);
      if (!place) return false;
      place.scrollIntoView({ block: "center" });
      place.focus?.({ preventScroll: true });
      return true;
    };
    const seen = new MutationObserver(() => { if (look()) seen.disconnect(); });
    seen.observe(document.body, { childList: true, subtree: true });
    setTimeout(() => seen.disconnect(), 20000);
  }
  find();
})();
