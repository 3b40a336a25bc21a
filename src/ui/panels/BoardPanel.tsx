/** How the task stands on samples that the model never trained on, now and at earlier steps. */
import { OBJECTIVE_FACTS } from '../../config/objectives.ts';
import { useController } from '../controller/context.ts';
import { download } from '../controller/download.ts';
import { extrasOf } from '../extras.ts';
import { type Size, useMedia, useSize, useWide } from '../hooks.ts';
import { isStrip } from '../modalities/view.ts';
import type { BoardKind } from '../objectives/page.ts';
import { pageOf } from '../objectives/registry.ts';
import { usePlace } from '../place.ts';
import { shownFrame } from '../store/board.ts';
import { selectConfig, selectInfo, selectModality } from '../store/selectors.ts';
import { type AppState, useApp } from '../store/store.ts';
import { useView } from '../store/useView.ts';
import { AboutBoard } from './board/AboutBoard.tsx';
import { BoardRow } from './board/BoardRow.tsx';
import { BoardView } from './board/BoardView.tsx';
import { EmptyBoard } from './board/EmptyBoard.tsx';
import { columnsOf, headsOf } from './board/kinds.ts';
import { Legend } from './board/Legend.tsx';
import { boardLayout } from './board/layout.ts';
import { Scrubber } from './board/Scrubber.tsx';
import { WaitingNote } from './board/WaitingNote.tsx';
import { Field } from './Field.tsx';
import { Panel } from './Panel.tsx';

/** CSS pixels that the longest title of a column takes. */
const TITLE_WIDTH = 128;

/** Of the frame that is looked at; before there is one, of the objective. */
const selectKind = (state: AppState): BoardKind => shownFrame(state.board)?.report.kind ?? pageOf(selectConfig(state)).board;

export function BoardPanel() {
  const kind = useApp(selectKind);
  return (
    <Panel title="Board" about={<AboutBoard kind={kind} />} extra={<BoardView kind={kind} />} className="board-panel">
      <WaitingNote />
      <MaskRatio />
      <BoardBody kind={kind} />
      <Scrubber />
    </Panel>
  );
}

/** In a narrow window, where the settings are out of sight of the board. */
function MaskRatio() {
  const wide = useWide();
  const hasMask = useApp((state) => OBJECTIVE_FACTS[state.settings.draft.task.objective].masks);
  const here = usePlace() === 'pretrain';
  if (wide || !hasMask || !here) return null;
  return (
    <div className="board-mask">
      <Field path="task.maskRatio" />
    </div>
  );
}

function BoardBody({ kind }: { kind: BoardKind }) {
  const info = useApp(selectInfo);
  const instead = extrasOf(useApp(selectModality))?.instead;
  const { commands } = useController();
  if (instead === undefined) return <BoardRows kind={kind} />;
  const legend = <Legend kind={kind} />;
  return (
    <div className="board-instead">
      {!instead.placesLegend && <div className="board-instead-head">{legend}</div>}
      {info !== null && (
        <instead.Board info={info} kind={kind} legend={legend} onFill={commands.fill} onAnswer={commands.answer} />
      )}
    </div>
  );
}

function BoardRows({ kind }: { kind: BoardKind }) {
  const info = useApp(selectInfo);
  const [ref, size] = useSize<HTMLDivElement>();
  const wide = useWide();
  const beside = useMedia('(min-width: 680px)');
  const shape = wide ? 'fill' : beside ? 'beside' : 'above';
  const columns = columnsOf(kind);
  const view = useView();
  const aspect = view.aspect(info?.board ?? null);
  const layout = size === null ? null : boardLayout(size, shape, info?.board.count ?? null, columns, aspect);
  const narrow = shape === 'above' || (layout !== null && layout.tile.width < TITLE_WIDTH);
  const stacked = layout?.stacked ?? isStrip(aspect);
  const Line = extrasOf(useApp(selectModality))?.Line;
  return (
    <div
      ref={ref}
      className="board"
      data-kind={kind}
      data-stacked={stacked || undefined}
      style={{ '--tiles': columns.tiles, ...(layout === null ? {} : tileSize(layout.tile)) }}
    >
      <div className="board-row board-heads" aria-hidden="true">
        <span />
        {!stacked && headsOf(kind, view.words).map(({ title, short }) => <span key={title}>{narrow ? short : title}</span>)}
        <Legend kind={kind} />
      </div>
      {stacked && Line !== undefined && (
        <div className="board-line">
          <Line onSave={download} />
        </div>
      )}
      {layout !== null && info === null && <EmptyBoard layout={layout} kind={kind} />}
      {layout !== null &&
        info !== null &&
        Array.from({ length: layout.rows }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row stands for a place on the board
          <BoardRow key={index} index={index} info={info} tile={layout.tile} stacked={stacked} kind={kind} />
        ))}
    </div>
  );
}

function tileSize({ width, height }: Size) {
  return { '--tile-width': `${width}px`, '--tile-height': `${height}px` };
}
