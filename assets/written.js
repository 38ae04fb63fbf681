/* What components/written.py sends as HTML is put into its box, before it is painted. */
(() => {
  const WRITTEN = "[data-written]";

  function fill(box) {
    box.innerHTML = box.dataset.written;
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
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-written"] });
})();
