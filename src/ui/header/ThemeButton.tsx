/** Light or dark, by hand. */
import { Moon, Sun } from 'lucide-react';
import { switchTheme, useTheme } from '../theme.ts';

export function ThemeButton() {
  const theme = useTheme((state) => state.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button type="button" className="icon-button" aria-label={`Use the ${other} theme`} onClick={switchTheme}>
      {theme === 'dark' ? <Sun size={16} aria-hidden="true" /> : <Moon size={16} aria-hidden="true" />}
    </button>
  );
}
