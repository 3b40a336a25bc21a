/** While the board shows an earlier step: that this panel does not, and which step it shows. */
import { formatCount } from '../format.ts';
import { selectEarlierStep } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';

export function LiveMark({ step }: { step: (state: AppState) => number | null }) {
  const isEarlier = useApp((state) => selectEarlierStep(state) !== null);
  const shown = useApp((state) => (isEarlier ? step(state) : null));
  if (shown === null) return null;
  // Where the title line has no room for the step, it goes on to a line that is not seen: half a number would be another one.
  return (
    <span className="live-mark">
      <span>live</span>
      <span>: step {formatCount(shown)}</span>
    </span>
  );
}
