/** One head on one sample: the query on the left, what it attends to on the right; on a strip above and below. */
import { type KeyboardEvent, useMemo } from 'react';
import type { RunInfo } from '../../../worker/protocol.ts';
import { cellAfter, cellBox, cellUnder } from '../../canvas/cells.ts';
import { HeatCanvas } from '../../canvas/HeatCanvas.tsx';
import { PictureCanvas } from '../../canvas/PictureCanvas.tsx';
import { useController } from '../../controller/context.ts';
import { type Size, useSize } from '../../hooks.ts';
import { viewOf } from '../../modalities/registry.ts';
import { isStrip } from '../../modalities/view.ts';
import { meanDistance, queryMap } from '../../store/attention.ts';
import { selectInfo } from '../../store/selectors.ts';
import { type AppState, useApp } from '../../store/store.ts';
import { useAppSlowly } from '../../store/useAppSlowly.ts';
import { useView, useWords } from '../../store/useView.ts';
import { SamplePicker } from './SamplePicker.tsx';

/** Between the two, in CSS pixels. */
const GAP = 12;

const selectAttention = (state: AppState) => state.attention;

/** @param isSeen while it is false maps come and go undrawn */
export function AttentionMap({ isSeen }: { isSeen: boolean }) {
  const info = useApp(selectInfo);
  const attention = useAppSlowly(selectAttention, 0, isSeen);
  const [frame, size] = useSize<HTMLDivElement>();
  const map = useMemo(() => queryMap(attention), [attention]);
  const shades = useMemo(() => (map === null ? null : relativeShades(map)), [map]);
  const aspect = useView().aspect(info?.board ?? null);
  const room = roomOf(size, aspect);
  return (
    <div className="attention-map">
      <div ref={frame} className="attention-pictures" data-stacked={isStrip(aspect) || undefined}>
        <div className="attention-picture" style={{ ...room }}>
          {info !== null && <PictureCanvas set={info.board} index={attention.sample} size={room} />}
          {info !== null && <QueryPicker info={info} />}
        </div>
        <div className="attention-picture" style={{ ...room }}>
          {info !== null && <PictureCanvas set={info.board} index={attention.sample} size={room} faint />}
          {shades !== null && info !== null && (
            <HeatCanvas shades={shades} grid={info.tokens.grid} size={room} className="attention-heat" />
          )}
        </div>
      </div>
      <AttentionCaption map={map} query={attention.query} />
    </div>
  );
}

/** Of each of the two, in CSS pixels. */
function roomOf(size: Size | null, aspect: number): Size {
  if (size === null) return { width: 0, height: 0 };
  const width = isStrip(aspect)
    ? Math.max(144, Math.min(size.width, ((size.height - GAP) / 2) * aspect))
    : Math.max(72, Math.min(size.height * aspect, (size.width - GAP) / 2, 200));
  return { width, height: width / aspect };
}

/** The strongest weight is drawn fully: how sharp a head is shows in the contrast. */
function relativeShades(map: Float32Array): Float32Array {
  const top = map.reduce((most, weight) => Math.max(most, weight), 0);
  return map.map((weight) => (top === 0 ? 0 : (0.92 * weight) / top));
}

function QueryPicker({ info }: { info: RunInfo }) {
  const { grid, count } = info.tokens;
  const query = useApp((state) => Math.min(state.attention.query, count - 1));
  const { nameCell } = useView();
  const words = useWords();
  const { view } = useController();
  const move = (event: KeyboardEvent): void => {
    const next = cellAfter(event.key, query, grid);
    if (next === null) return;
    event.preventDefault();
    view.chooseQuery(next);
  };
  return (
    <div
      className="query-picker"
      role="slider"
      tabIndex={0}
      aria-label={`Query ${words.token}`}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={query + 1}
      aria-valuetext={nameCell(query, info)}
      onKeyDown={move}
      onPointerDown={(event) => view.chooseQuery(cellUnder(event, event.currentTarget, grid))}
    >
      <span className="query-mark" style={cellBox(query, grid)} />
    </div>
  );
}

function AttentionCaption({ map, query }: { map: Float32Array | null; query: number }) {
  const info = useApp(selectInfo);
  return (
    <div className="attention-caption small">
      <SamplePicker />
      <span className="muted">{info !== null && map !== null && looks(info, map, query)}</span>
    </div>
  );
}

function looks(info: RunInfo, map: Float32Array, query: number): string {
  const { distance } = viewOf(info.tokens.modality);
  return `looks ${distance(meanDistance(map, query, info.tokens.grid), info)} away`;
}
