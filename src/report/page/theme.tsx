import { useLayoutEffect, useState } from 'preact/hooks';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const KEY = 'driftgate-theme';

/** What was chosen last; a browser may refuse a file its storage. */
function remembered(): Theme {
  try {
    const known = window.localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === known) ?? 'system';
  } catch {
    return 'system';
  }
}

/** A button that goes from the system's colours to light and to dark. */
export function ThemeButton() {
  const [theme, setTheme] = useState(remembered);
  useLayoutEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    try {
      window.localStorage.setItem(KEY, theme);
    } catch {
      // It holds for as long as the page is open.
    }
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return (
    <button type="button" class="theme" aria-label={`Colours: ${theme}`} onClick={() => setTheme(next)}>
      <span class="wide">Colours: </span>
      {theme}
    </button>
  );
}
