/* What only the browser can do: hear whether the server is there, obey the keys, remember the reader's choice. */
(() => {
  const root = document.documentElement;
  const step = Number(root.dataset.step || 10) * 1000;
  const LOST_AFTER = Number(root.dataset.lostAfter || 30) * 1000;
  const heard = { at: Date.now(), picture: null, pictureAt: Date.now(), words: null, tries: 0 };

  /* ── the server's pulse, and the three honest failures ── */

  const two = (n) => String(n).padStart(2, "0");
  const clock = (ms) => { const d = new Date(ms); return `${two(d.getHours())}:${two(d.getMinutes())}`; };
  const filled = (text, facts) => text.replace(/\{(\w+)\}/g, (_, name) => facts[name] ?? "—");

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  function chain(links) {
    const line = element("div", "chain");
    links.forEach(([name, state], i) => {
      if (i) line.append(element("u", links[i][1] === "good" && links[i - 1][1] === "good" ? "" : "cut"));
      const signs = { good: "◆", bad: "✕", unknown: "○" };
      line.append(element("span", state, `${signs[state]} ${name}`));
    });
    return line;
  }

  function column(top, sub) {
    const made = element("div");
    made.append(top, element("div", "sub", sub));
    return made;
  }

  function notice(words, facts) {
    const title = element("div", `top sign-${words.sign}`, filled(words.title, facts));
    const middle = element("div", "top", filled(facts.picture ? words.middle : words.nothing, facts));
    return [
      column(title, filled(words.todo, facts)),
      column(middle, filled(words.now, facts)),
      column(chain(words.chain), filled(words.told, facts)),
    ];
  }

  function show(state, words, facts) {
    const before = root.dataset.state;
    if (state === "ok") { delete root.dataset.state; } else { root.dataset.state = state; }
    for (const slot of document.querySelectorAll("[data-notice]")) {
      const mine = words && slot.dataset.notice.split(" ").includes(state);
      slot.replaceChildren(...(mine ? notice(words, facts) : []));
      if (mine && before !== state) slot.setAttribute("role", "alert"); else slot.removeAttribute("role");
    }
    for (const stamp of document.querySelectorAll("[data-stamp]")) stamp.textContent = facts.picture || "";
  }

  function facts(extra) {
    const minutes = Math.max(0, Math.floor((Date.now() - heard.pictureAt) / 60000));
    return { picture: heard.picture, minutes, tries: heard.tries, now: clock(Date.now()), ...extra };
  }

  function obey(pulse) {
    heard.at = Date.now();
    heard.tries = 0;
    heard.words = pulse.lost;
    if (pulse.state !== "db") { heard.picture = pulse.moment; heard.pictureAt = Date.now(); }
    show(pulse.state, pulse.words, facts(pulse.facts));
  }

  async function listen() {
    try {
      const answer = await fetch("/pulse" + window.location.search, { cache: "no-store", signal: AbortSignal.timeout(LOST_AFTER / 3) });
      if (!answer.ok) throw new Error("no pulse");
      obey(await answer.json());
    } catch {
      heard.tries += 1;
      if (Date.now() - heard.at >= LOST_AFTER && heard.words) show("lost", heard.words, facts({}));
    }
    setTimeout(listen, Math.min(step, LOST_AFTER / 3));
  }

  /* ── a hidden tab sleeps: on waking it asks at once ── */

  let wakes = 0;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && window.dash_clientside?.set_props) {
      wakes += 1;
      window.dash_clientside.set_props("frame-wake", { data: wakes });
    }
  });

  /* ── keys, choices, rotation ── */

  const params = () => new URLSearchParams(window.location.search);
  const wallPages = () => (root.dataset.wallPages || "/").split(" ");
  const menuPages = () => [...document.querySelectorAll(".menu a[href^='/']")].map((link) => new URL(link.href).pathname);
  let paused = false;

  /* a page of the wall may say more than its path, such as the group of a league */
  function isHere(page) {
    const [path, own] = page.split("?");
    const said = [...new URLSearchParams(own || "")];
    return path === window.location.pathname && said.every(([name, value]) => params().get(name) === value);
  }

  function turn(by) {
    const pages = params().get("wall") ? wallPages() : menuPages();
    const here = Math.max(0, pages.findIndex(isHere));
    const [path, own] = pages[(here + by + pages.length) % pages.length].split("?");
    const kept = new URLSearchParams(own || "");
    for (const name of ["wall", "as_of", "rotate"]) if (params().get(name)) kept.set(name, params().get(name));
    const query = kept.toString();
    window.location.assign(path + (query ? `?${query}` : ""));
  }

  function choose(name, value) {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
    const kept = params();
    kept.delete(name);
    const query = kept.toString();
    window.location.assign(window.location.pathname + (query ? `?${query}` : ""));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose]");
    if (!button) return;
    event.preventDefault();
    choose(...button.dataset.choose.split("="));
  });

  const KEYS = {
    ArrowLeft: () => turn(-1),
    ArrowRight: () => turn(1),
    " ": () => { paused = !paused; root.toggleAttribute("data-paused", paused); },
    f: () => (document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen()),
    "/": () => document.getElementById("frame-search")?.focus(),
  };

  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable], .ag-root");
    if (event.key === "Enter" && event.target.id === "frame-search" && event.target.value.trim()) {
      window.location.assign("/cases/" + encodeURIComponent(event.target.value.trim()));
      return;
    }
    const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act || writing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  const rotate = Number(params().get("rotate")) * 1000;
  if (rotate > 0) setInterval(() => { if (!paused && !document.hidden) turn(1); }, rotate);
  listen();
})();
