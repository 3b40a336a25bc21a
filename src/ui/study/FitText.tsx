/** How well a run with labels fits what it learned from, and how far it went for it. */
import type { Fit } from '../../trainer/study/plan.ts';
import { formatCount, formatPercent } from '../format.ts';

interface Props {
  /** Without a distance where the start is not known. */
  fit: Omit<Fit, 'distance' | 'relativeDistance'> & Partial<Fit>;
  /** Samples that the test loss is of. */
  tested: number;
}

export function FitText({ fit: { testLoss, trainLoss, trainSamples, distance, relativeDistance }, tested }: Props) {
  return (
    <p className="small muted">
      Generalisation gap <b>{(testLoss - trainLoss).toFixed(3)}</b>: loss {testLoss.toFixed(3)} on {formatCount(tested)} tested,{' '}
      {trainLoss.toFixed(3)} on {formatCount(trainSamples)} of those it learned from, both as they are.{' '}
      {distance !== undefined && (
        <>
          The encoder’s weights moved by <b>{distance.toFixed(2)}</b> from where they started
          {relativeDistance !== undefined && `, ${formatPercent(relativeDistance)} of their length then`}.
        </>
      )}
    </p>
  );
}
