// Before and after in one frame: a range moved by finger, mouse or arrow keys says how much of the
// picture after is shown. Without this script the two stand side by side.
for (const slider of document.querySelectorAll("[data-slider]")) {
  const figures = [...slider.querySelectorAll("figure")];
  const over = document.createElement("div");
  over.className = "over";
  over.append(...figures.map((one) => one.querySelector("img")));
  const told = document.createElement("div");
  told.className = "told";
  told.append(...figures.map((one) => {
    const words = document.createElement("span");
    words.append(...one.querySelector("figcaption").childNodes);
    return words;
  }));
  const range = document.createElement("input");
  Object.assign(range, { type: "range", min: 0, max: 100, step: 5, value: 50 });
  range.setAttribute("aria-label", slider.dataset.label);
  const show = () => over.style.setProperty("--shown", `${range.value}%`);
  range.addEventListener("input", show);
  over.addEventListener("pointermove", (event) => { if (event.buttons) drag(event); });
  over.addEventListener("pointerdown", drag);
  slider.replaceChildren(over, range, told);
  slider.dataset.ready = "";
  show();

  function drag(event) {
    const box = over.getBoundingClientRect();
    range.value = Math.round(100 - (event.clientX - box.left) / box.width * 100);
    event.preventDefault();
    show();
  }
}
