// Hides questions that do not apply, as data-show-if says. The server decides again.
const number = (text) =>
  +text.replace(/[٠-٩۰-۹]/g, (d) => d.charCodeAt(0) & 15).replace(/[٫,]/, ".");

function answer(field) {
  if (field.closest("[hidden]")) return "";
  if (/radio|checkbox/.test(field.type)) return field.checked ? field.value : "";
  return field.value.trim() || ("stored" in field.dataset ? "stored" : "");
}

function given(form, name) {
  const group = form.querySelector(`[data-rows="${name}"]`);
  const named = [...form.querySelectorAll(`[name="${name}"]`)];
  const rows = group && [...group.querySelectorAll(".row")];
  const all = rows
    ? rows.map((row) => [...row.querySelectorAll("[name]")].map(answer).join(""))
    : named.map(answer);
  return [all.filter(Boolean), rows || named[0]?.type === "checkbox"];
}

function holds(form, { all, any, not, question, ...test }) {
  const part = (one) => holds(form, one);
  if (all) return all.every(part);
  if (any) return any.some(part);
  if (not) return !not.some(part);
  const [values, counted] = given(form, question);
  const [[how, limit]] = Object.entries(test);
  if (how === "filled") return !!values.length === limit;
  if (!values.length) return false;
  const numeric = typeof limit === "number";
  const first = counted ? values.length : numeric ? number(values[0]) : values[0];
  if (how === "at_least") return first >= limit;
  if (how === "at_most") return first <= limit;
  const wanted = [limit].flat();
  const met = values.some((one) => wanted.includes(one) || wanted.includes(number(one)));
  return met !== (how === "not_equals");
}

function show() {
  const boxes = [...document.querySelectorAll("[data-show-if]")];
  for (const _pass of boxes)
    for (const box of boxes) box.hidden = !holds(box.closest("form"), JSON.parse(box.dataset.showIf));
  for (const note of document.querySelectorAll("[data-only-if]")) note.hidden = true;
}

document.addEventListener("input", show);
document.addEventListener("htmx:afterSwap", show);
show();
