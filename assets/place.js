/* An address that names a place on its page leads there, while the page is being drawn, until the reader moves. */
(() => {
  const DRAWN_WITHIN = 20_000;
  let address = "", since = 0, moved = false;

  /* not every address can be read back: then it names nothing */
  function named() {
    const hash = window.location.hash.slice(1);
    try { return decodeURIComponent(hash); } catch { return hash; }
  }

  function lead() {
    if (address !== window.location.href) [address, since, moved] = [window.location.href, Date.now(), false];
    if (!moved && Date.now() - since < DRAWN_WITHIN) document.getElementById(named())?.scrollIntoView();
  }

  for (const act of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    window.addEventListener(act, () => { moved = true; }, { passive: true, capture: true });
  }
  new MutationObserver(lead).observe(document, { subtree: true, childList: true });
})();
