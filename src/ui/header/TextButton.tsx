/** Large text, on or off. */
import { ALargeSmall } from 'lucide-react';
import { Hint } from '../controls/Hint.tsx';
import { switchTextSize, useTextSize } from '../textSize.ts';

export function TextButton() {
  const large = useTextSize((state) => state.large);
  return (
    <Hint text="Draws everything larger, by as much as fits into this window. The browser’s own zoom goes further.">
      <button
        type="button"
        className="icon-button text-button"
        aria-label="Large text"
        aria-pressed={large}
        onClick={switchTextSize}
      >
        <ALargeSmall size={18} aria-hidden="true" />
      </button>
    </Hint>
  );
}
