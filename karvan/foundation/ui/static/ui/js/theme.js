// Remembers light or dark in a cookie, so that the server sends the right page at once.
const root = document.documentElement;
const choices = document.querySelectorAll("[data-theme-choice]");

function show() {
  for (const one of choices) {
    one.setAttribute("aria-pressed", String((root.dataset.theme ?? "") === one.dataset.themeChoice));
  }
}

for (const one of choices) {
  one.addEventListener("click", () => {
    const chosen = one.dataset.themeChoice;
    if (chosen) root.dataset.theme = chosen;
    else delete root.dataset.theme;
    document.cookie = `theme=${chosen};path=/;max-age=${chosen ? 31536000 : 0};samesite=lax`;
    show();
  });
}
for (const group of document.querySelectorAll("[data-themes]")) group.hidden = false;
show();
