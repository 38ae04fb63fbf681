/* What has more sheets than room turns over by itself: every ten seconds, on all walls at the same time, unless paused. */
(() => {
  const SECONDS = 10;

  function turn() {
    if (document.documentElement.hasAttribute("data-paused")) return;
    const now = Math.floor(Date.now() / 1000 / SECONDS);
    for (const book of document.querySelectorAll("[data-turns]")) {
      [...book.children].forEach((sheet, place) => {
        const isAway = place !== now % book.children.length;
        if (sheet.hidden !== isAway) sheet.hidden = isAway;
      });
    }
  }

  setInterval(turn, 500);
})();
