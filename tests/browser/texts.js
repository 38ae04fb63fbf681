/* Every run of text that can be seen: its words, its size, and its box, cut to what its ancestors let through. */
() => {
  const hidden = (box) => !box.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const clips = (box) => {
    const style = getComputedStyle(box);
    return style.overflowX !== "visible" && style.display !== "inline" && !box.ownerSVGElement;
  };

  /* The height of the glyphs, not of the line they stand on: lines may be set tight. */
  function glyphs(node, size) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, top, right, bottom } = range.getBoundingClientRect();
    const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
    const spare = lines.size > 1 ? 0 : Math.max(0, (bottom - top - size) / 2);
    return { left, top: top + spare, right, bottom: bottom - spare };
  }

  function seen(node) {
    const holder = node.parentElement;
    const size = parseFloat(getComputedStyle(holder).fontSize);
    let { left, top, right, bottom } = glyphs(node, size);
    let cut = "";
    for (let box = holder; box; box = box.parentElement) {
      if (!clips(box)) continue;
      const edge = box.getBoundingClientRect();
      const dotted = getComputedStyle(box).textOverflow === "ellipsis";
      if (!dotted && (right > edge.right + 1 || left < edge.left - 1)) cut = "across";
      if (bottom > edge.bottom + 1 || top < edge.top - 1) cut = "down";
      left = Math.max(left, edge.left);
      right = Math.min(right, edge.right);
      top = Math.max(top, edge.top);
      bottom = Math.min(bottom, edge.bottom);
    }
    return { words: node.data.trim(), size, cut, left, top, right, bottom };
  }

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.data.trim() || /SCRIPT|STYLE/.test(node.parentElement.tagName) || hidden(node.parentElement)) continue;
    texts.push(seen(node));
  }
  return texts.filter((text) => text.right - text.left > 1 && text.bottom - text.top > 1);
}
