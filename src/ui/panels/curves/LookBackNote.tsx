/** Under the curves of a model that fills words in: has it begun to copy? */
import { useApp } from '../../store/store.ts';
import { lookBackOf } from './lookBack.ts';

export function LookBackNote() {
  const latest = useApp(({ curves }) => curves.latest);
  const references = useApp(({ curves }) => curves.references);
  const said = latest === null ? null : lookBackOf(latest.step, latest.scores, references);
  return (
    <p role="status" aria-label="Looking back" className="look-back small" data-notable={said?.isNotable || undefined}>
      {said?.message}
    </p>
  );
}
