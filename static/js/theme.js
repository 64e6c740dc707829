// Sets the reader's own choice of light or dark before anything is painted; loaded in the head, blocking.
try {
  const theme = localStorage.getItem("theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // Storage is closed to this page: the system's choice holds.
}
