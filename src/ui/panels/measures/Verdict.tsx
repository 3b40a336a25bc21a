/** The run's health in a sentence: calm while it is well, loud when it has collapsed. */

import { TriangleAlert } from 'lucide-react';
import { useApp } from '../../store/store.ts';
import { useSay } from '../../store/useView.ts';

export function Verdict() {
  const health = useApp((state) => state.curves.latest?.health ?? null);
  const say = useSay();
  if (health === null) {
    return (
      <p role="status" aria-label="Health" className="verdict muted">
        Measured once the run is ready.
      </p>
    );
  }
  const { verdict } = health;
  const message = say(health.message);
  if (verdict === 'healthy') {
    return (
      <p role="status" aria-label="Health" className="verdict">
        {message}
      </p>
    );
  }
  return (
    <p role="alert" aria-label="Health" className="verdict" data-bad="true">
      <TriangleAlert size={16} aria-hidden="true" />
      <span>{message}</span>
    </p>
  );
}
