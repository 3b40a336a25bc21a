/** Which sample of the board attention is looked at on. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useController } from '../../controller/context.ts';
import { extrasOf } from '../../extras.ts';
import { capital } from '../../format.ts';
import { selectInfo, selectModality } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { useView } from '../../store/useView.ts';

const WHOLE = { is: 'whole' } as const;

export function SamplePicker() {
  const sample = useApp((state) => state.attention.sample);
  const info = useApp(selectInfo);
  const { words } = useView();
  const Beside = extrasOf(useApp(selectModality))?.Beside;
  const { view } = useController();
  const pinned = info?.pinned ?? false;
  const name = pinned && sample === 0 ? words.own : `sample ${sample + (pinned ? 0 : 1)}`;
  return (
    <span className="attention-picker">
      <button
        type="button"
        className="icon-button"
        aria-label={`Previous ${words.sample}`}
        disabled={sample === 0}
        onClick={() => view.choosePicture(sample - 1)}
      >
        <ChevronLeft size={14} aria-hidden="true" />
      </button>
      <span className="attention-name">{name}</span>
      {Beside !== undefined && info !== null && <Beside set={info.board} index={sample} name={capital(name)} shown={WHOLE} />}
      <button
        type="button"
        className="icon-button"
        aria-label={`Next ${words.sample}`}
        disabled={sample >= (info?.board.count ?? 1) - 1}
        onClick={() => view.choosePicture(sample + 1)}
      >
        <ChevronRight size={14} aria-hidden="true" />
      </button>
    </span>
  );
}
