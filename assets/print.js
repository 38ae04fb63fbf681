// A figure is as wide as the window it was drawn in: before printing it learns its own size, so that paper may scale it.
addEventListener("beforeprint", () => {
  for (const picture of document.querySelectorAll(".js-plotly-plot .main-svg")) {
    picture.setAttribute("viewBox", `0 0 ${picture.getAttribute("width")} ${picture.getAttribute("height")}`);
  }
});
