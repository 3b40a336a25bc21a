/** Around controls with hints: once one of them was shown, the next one comes at once. */
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

const HINT_MILLISECONDS = 400;

export function Hints({ children }: { children: ReactNode }) {
  return <Tooltip.Provider delayDuration={HINT_MILLISECONDS}>{children}</Tooltip.Provider>;
}
