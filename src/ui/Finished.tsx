/** What a finished run came to, and what to do with it next; over the foot of the page until somebody has seen it. */
import { CircleCheck, X } from 'lucide-react';
import { useState } from 'react';
import { factsOf } from '../config/objectives.ts';
import { useController } from './controller/context.ts';
import { formatCount } from './format.ts';
import { COMPARE_ADDRESS, FINE_TUNE_ADDRESS, goTo, usePlace } from './place.ts';
import { MORE_STEPS, outcomeOf, selectCanGoOn, selectIsOver } from './store/finished.ts';
import { selectConfig, selectInfo, selectStep } from './store/selectors.ts';
import { useApp } from './store/store.ts';

export function Finished() {
  const here = usePlace() === 'pretrain';
  const over = useApp(selectIsOver);
  const info = useApp(selectInfo);
  const step = useApp(selectStep);
  const outcome = useApp(outcomeOf);
  // Of which run, and at which step, it was put away.
  const [seen, setSeen] = useState<{ info: typeof info; step: number } | null>(null);
  if (!here || !over || info === null || (seen?.info === info && seen.step === step)) return null;
  return (
    <div className="notice finished" data-kind="info">
      <CircleCheck size={16} aria-hidden="true" />
      <div className="notice-text">
        <p>
          <b>Done, {formatCount(step)} steps.</b> {outcome === null ? 'Measuring what came of it…' : `${outcome}.`}
        </p>
        <NextSteps />
      </div>
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={() => setSeen({ info, step })}>
        <X size={14} aria-hidden="true" />
      </button>
    </div>
  );
}

function NextSteps() {
  const labelled = useApp((state) => factsOf(selectConfig(state)).labelled === true);
  const canGoOn = useApp(selectCanGoOn);
  const { edits } = useController();
  return (
    <div className="next-steps">
      {!labelled && (
        <button type="button" className="button small-button" onClick={() => goTo(FINE_TUNE_ADDRESS)}>
          Fine-tune
        </button>
      )}
      <button type="button" className="button small-button" onClick={() => goTo(COMPARE_ADDRESS)}>
        Was it worth it?
      </button>
      {canGoOn && (
        <button type="button" className="button small-button" onClick={() => edits.goOn(MORE_STEPS)}>
          {formatCount(MORE_STEPS)} more steps
        </button>
      )}
    </div>
  );
}
