/** The page's colours as a canvas needs them: as strings, read from the style sheet once a theme. */
import { useMemo } from 'react';
import { useTheme } from '../theme.ts';

export interface Palette {
  /** What lies behind the pieces. */
  panel: string;
  /** A cell that no piece claims. */
  hole: string;
  right: string;
  wrong: string;
  ink: string;
  accent: string;
}

export function usePalette(): Palette {
  const theme = useTheme((state) => state.theme);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the style sheet changes with the theme
  return useMemo(readPalette, [theme]);
}

function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    panel: colour('panel'),
    hole: colour('hole'),
    right: colour('right'),
    wrong: colour('wrong'),
    ink: colour('ink'),
    accent: colour('accent'),
  };
}
