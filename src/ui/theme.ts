/** Light or dark: as the system says, until the visitor says otherwise. */
import { create } from 'zustand';

export type Theme = 'light' | 'dark';

const KEY = 'patchwork-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

const systemTheme = (): Theme => (system.matches ? 'dark' : 'light');

export const useTheme = create<{ theme: Theme }>()(() => ({ theme: remembered() ?? systemTheme() }));

/** Puts the theme on the page, and follows the system while the visitor has not chosen. */
export function startTheme(): void {
  const show = ({ theme }: { theme: Theme }): void => {
    document.documentElement.dataset.theme = theme;
  };
  show(useTheme.getState());
  useTheme.subscribe(show);
  system.addEventListener('change', () => {
    if (remembered() === null) useTheme.setState({ theme: systemTheme() });
  });
}

export function switchTheme(): void {
  const theme = useTheme.getState().theme === 'dark' ? 'light' : 'dark';
  useTheme.setState({ theme });
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function remembered(): Theme | null {
  try {
    const theme = localStorage.getItem(KEY);
    return theme === 'light' || theme === 'dark' ? theme : null;
  } catch {
    return null;
  }
}
