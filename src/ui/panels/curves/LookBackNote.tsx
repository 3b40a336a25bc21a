/** Under the curves of a model that fills words in: has it begun to copy? */

import { useApp } from '../../store/store.ts';
import { useSay } from '../../store/useView.ts';

export function LookBackNote() {
  const health = useApp(({ curves }) => curves.latest?.health);
  const say = useSay();
  const message = say(health?.message ?? '');
  return (
    <p
      role="status"
      aria-label="Looking back"
      className="look-back small"
      data-notable={health?.isNotable || undefined}
      title={message}
    >
      {message}
    </p>
  );
}
