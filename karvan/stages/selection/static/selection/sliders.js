// A range beside each number. The number is what counts: the page works without this file.
const form = document.querySelector("[data-quotas]");
const ranges = [...(form?.querySelectorAll("[data-slider]") ?? [])];
const numberOf = (range) => form.elements.namedItem(range.dataset.slider);
const places = () => Math.max(1, Number(form.elements.namedItem("places").value) || 1);

// An empty "at most" is no limit and stands at the end; an empty "at least" at the start.
function follow(range) {
  const number = numberOf(range);
  if (range.dataset.slider !== "places") range.max = Math.max(places(), Number(number.value) || 0);
  range.value = number.value !== "" ? number.value : range.dataset.empty ? range.max : 0;
}

function lead(range) {
  const isOpen = range.dataset.empty && Number(range.value) >= places();
  const isNone = !range.dataset.empty && range.dataset.slider !== "places" && range.value === "0";
  numberOf(range).value = isOpen || isNone ? "" : range.value;
}

function use(event) {
  const way = event.target.closest("[data-use]");
  if (!way) return;
  event.preventDefault();
  for (const { name, value } of way.querySelectorAll("input[type=hidden]")) {
    const field = form.elements.namedItem(name);
    if (field && /^(places|floor:|ceiling:)/.test(name)) field.value = value;
  }
  ranges.forEach(follow);
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.namedItem("places").focus();
}

if (form) {
  for (const range of ranges) {
    range.hidden = false;
    follow(range);
  }
  // In the capture phase, so that the numbers are right before anything is posted.
  form.addEventListener("input", (event) => {
    if (event.target.dataset?.slider) lead(event.target);
    ranges.filter((range) => range !== event.target).forEach(follow);
  }, { capture: true });
  document.addEventListener("submit", use);
  form.querySelector("[data-try]").hidden = true;
  document.getElementById("tried-strip").hidden = false;
}
