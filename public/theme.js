// Runs before the first paint, so that a theme chosen earlier does not flash. Absent = the system's.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is denied: the system's theme stays.
}
