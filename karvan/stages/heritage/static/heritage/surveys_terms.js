// Under a field for a term, the definition of the term whose name stands in it.
for (const field of document.querySelectorAll("input[data-terms]")) {
  const list = document.getElementById(field.getAttribute("list"));
  if (!list) continue;
  const told = document.createElement("p");
  told.className = "term-told";
  told.setAttribute("aria-live", "polite");
  field.after(told);
  const tell = () => {
    const typed = field.value.trim().toLowerCase();
    const found = [...list.options].find((one) =>
      typed && (one.value.toLowerCase() === typed || one.text.toLowerCase() === typed));
    told.textContent = found?.dataset.definition ?? "";
  };
  field.addEventListener("input", tell);
  tell();
}
