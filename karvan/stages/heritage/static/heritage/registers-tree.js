// After a move the page opens anew: the keyboard stands again on the button that was pressed. Going
// to the part's own place in the page takes the focus away, so this waits until that has happened.
const tree = document.querySelector(".tree[data-moved]");
const [part, way] = (tree?.dataset.moved ?? "").split("-");

function stand() {
  const row = document.getElementById(`part-${part}`);
  const button = row?.querySelector(`[name=way][value="${CSS.escape(way)}"]:not(:disabled)`);
  (button ?? row?.querySelector("[name=way]:not(:disabled)"))?.focus();
}

if (part && way) {
  if (document.readyState === "complete") stand();
  else addEventListener("load", () => setTimeout(stand));
}
