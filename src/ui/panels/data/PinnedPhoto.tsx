/** The visitor's own sample at the top of the board: whose it is, and what else can be done with it. */
import { PinOff } from 'lucide-react';
import { useController } from '../../controller/context.ts';
import { useApp } from '../../store/store.ts';
import { useWords } from '../../store/useView.ts';

export function PinnedPhoto() {
  const name = useApp((state) => (state.run.info?.pinned === true ? state.board.photoName : null));
  const { own } = useWords();
  const { experiment, pinned } = useController();
  if (name === null) return null;
  return (
    <div className="pinned-photo">
      <span className="pinned-name" title={name}>
        {name} is on the board
      </span>
      <button type="button" className="button small-button" onClick={() => experiment.learnFromPhoto()}>
        Learn from it too
      </button>
      <button type="button" className="icon-button" aria-label={`Take ${own} off the board`} onClick={() => pinned.unpin()}>
        <PinOff size={14} aria-hidden="true" />
      </button>
    </div>
  );
}
