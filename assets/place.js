/* An address that names a place on its page leads there, while the page is being drawn, until the reader moves. */
(() => {
  let address = "", moved = false;

  function lead() {
    if (address !== window.location.href) [address, moved] = [window.location.href, false];
    const name = decodeURIComponent(window.location.hash.slice(1));
    const place = !moved && name && document.getElementById(name);
    if (place) place.scrollIntoView();
  }

  for (const act of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    window.addEventListener(act, () => { moved = true; }, { passive: true, capture: true });
  }
  new MutationObserver(lead).observe(document, { subtree: true, childList: true });
})();
