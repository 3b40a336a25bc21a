/** Around controls with hints: once one of them was shown, the next one comes at once. */
import { Tooltip } from 'radix-ui';
import type { ComponentType, ReactNode } from 'react';

const HINT_MILLISECONDS = 400;

export function Hints({ children }: { children: ReactNode }) {
  return <Tooltip.Provider delayDuration={HINT_MILLISECONDS}>{children}</Tooltip.Provider>;
}

/** A part of the page that comes in a file of its own, with what its hints need. */
export function withHints<P extends object>(Piece: ComponentType<P>): ComponentType<P> {
  return (props) => (
    <Hints>
      <Piece {...props} />
    </Hints>
  );
}
