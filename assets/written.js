/* What components/written.py sends as HTML is put into its box before it is painted; what is the same stays untouched. */
(() => {
  const WRITTEN = "[data-written]", HTML = "data-written";
  const own = new WeakMap();

  /* a box that holds components again gives up what was put into it */
  function leave(box) {
    for (const node of own.get(box) ?? []) if (node.parentNode === box) node.remove();
    own.delete(box);
  }

  /* which sheet lies open is for assets/turn.js to say */
  function keepTurned(sheet, next) {
    if (sheet.parentNode?.hasAttribute("data-turns")) next.hidden = sheet.hidden;
    return true;
  }

  function fill(box) {
    if (!box.hasAttribute(HTML)) { leave(box); return; }
    const next = box.cloneNode(false);
    next.innerHTML = box.getAttribute(HTML);
    window.morphdom(box, next, { childrenOnly: true, onBeforeElUpdated: keepTurned });
    own.set(box, [...box.childNodes]);
  }

  function fillIn(node) {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    if (node.matches(WRITTEN)) fill(node);
    node.querySelectorAll(WRITTEN).forEach(fill);
  }

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") fill(target); else addedNodes.forEach(fillIn);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: [HTML] });

  /* a link within the board changes the address; Dash follows it as it follows the way back */
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-link]");
    const isOther = event.button || event.metaKey || event.shiftKey || event.altKey || event.ctrlKey;
    if (!link || isOther || event.defaultPrevented) return;
    event.preventDefault();
    window.history.pushState({}, "", link.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    window.scrollTo(0, 0);
  });
})();
