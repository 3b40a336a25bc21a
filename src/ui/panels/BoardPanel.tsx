/** The puzzles: what the model sees, what it makes of it, and the truth. */
import { useMedia, useSize, useWide } from '../hooks.ts';
import { selectInfo } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';
import { BoardRow } from './board/BoardRow.tsx';
import { BoardView } from './board/BoardView.tsx';
import { EmptyBoard } from './board/EmptyBoard.tsx';
import { boardLayout } from './board/layout.ts';
import { Scrubber } from './board/Scrubber.tsx';
import { Panel } from './Panel.tsx';

export function BoardPanel() {
  return (
    <Panel title="Board" about={<About />} extra={<BoardView />} className="board-panel">
      <BoardRows />
      <Scrubber />
    </Panel>
  );
}

function BoardRows() {
  const info = useApp(selectInfo);
  const [ref, size] = useSize<HTMLDivElement>();
  const wide = useWide();
  const beside = useMedia('(min-width: 680px)');
  const shape = wide ? 'fill' : beside ? 'beside' : 'above';
  const layout = size === null ? null : boardLayout(size, shape, info?.board.count ?? null);
  return (
    <div ref={ref} className="board" style={layout === null ? {} : { '--tile': `${layout.tile}px` }}>
      <div className="board-row board-heads" aria-hidden="true">
        <span />
        <span>{shape === 'above' ? 'shuffled' : 'pieces, shuffled'}</span>
        <span>{shape === 'above' ? 'the model' : 'the model’s placement'}</span>
        <span>the truth</span>
      </div>
      {layout !== null && info === null && <EmptyBoard layout={layout} />}
      {layout !== null &&
        info !== null &&
        Array.from({ length: layout.rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row stands for a place on the board
          <BoardRow key={index} index={index} info={info} tile={layout.tile} />
        ))}
    </div>
  );
}

function About() {
  return (
    <>
      <p>
        Each row is a picture that the model never trained on. Left: its patches, shuffled, as the model gets them; bright ones
        are context, faint ones are masked. Middle: each patch where the model would put it. Right: the picture.
      </p>
      <p>
        <b>argmax</b> is what the model says: patches may claim the same cell (the surest is on top) and leave others empty
        (grey). <b>assignment</b> solves the puzzle as a whole, one patch a cell; that usually looks better, and is not what
        accuracy means.
      </p>
      <p>
        A blue border is right, an orange one wrong. Confidence draws a bar as long as the probability; arrows lead from wrong
        patches to where they belong. Drop a photo to see it at the top.
      </p>
    </>
  );
}
