/* What has more sheets than room turns over by itself: every ten seconds, on all walls at the same time, unless paused. */
(() => {
  const SECONDS = 10;
  let at = 0;

  function turn() {
    if (!document.documentElement.hasAttribute("data-paused")) at = Math.floor(Date.now() / 1000 / SECONDS);
    for (const book of document.querySelectorAll("[data-turns]")) {
      [...book.children].forEach((sheet, place) => {
        const isAway = place !== at % book.children.length;
        if (sheet.hidden !== isAway) sheet.hidden = isAway;
      });
    }
  }

  setInterval(turn, 500);
  /* a refresh draws everything anew: what lay open lies open again before it is painted */
  new MutationObserver(turn).observe(document, { subtree: true, childList: true });
})();
