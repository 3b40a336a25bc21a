/** Train or pause the run under way, which may be the fine-tuning. */
import { Pause, Play } from 'lucide-react';
import { useController } from '../controller/context.ts';
import { selectIsWanted } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';

export function PauseButton() {
  const wanted = useApp(selectIsWanted);
  const { experiment } = useController();
  return (
    <button type="button" className="button train-button" onClick={() => experiment.toggle()}>
      {wanted ? <Pause size={16} aria-hidden="true" /> : <Play size={16} aria-hidden="true" />}
      {wanted ? 'Pause' : 'Train'}
    </button>
  );
}
