/** One head on one sample: the query on the left, what it attends to on the right; on a strip above and below. */
import { type KeyboardEvent, type ReactNode, useMemo } from 'react';
import { cellAfter, cellBox, cellUnder } from '../../canvas/cells.ts';
import { HeatCanvas } from '../../canvas/HeatCanvas.tsx';
import { PictureCanvas } from '../../canvas/PictureCanvas.tsx';
import { useController } from '../../controller/context.ts';
import { type Size, useSize } from '../../hooks.ts';
import type { Looked } from '../../modalities/looked.ts';
import { viewOf, viewWords } from '../../modalities/registry.ts';
import { isStrip } from '../../modalities/view.ts';
import { meanDistance, queryMap } from '../../store/attention.ts';
import { selectModality } from '../../store/selectors.ts';
import { type AppState, useApp } from '../../store/store.ts';
import { useAppSlowly } from '../../store/useAppSlowly.ts';

/** Between the two, in CSS pixels. */
const GAP = 12;

const selectAttention = (state: AppState) => state.attention;

interface Props {
  looked: Looked | null;
  picker: ReactNode;
  /** While it is false maps come and go undrawn. */
  isSeen: boolean;
}

export function AttentionMap({ looked, picker, isSeen }: Props) {
  const attention = useAppSlowly(selectAttention, 0, isSeen);
  const [frame, size] = useSize<HTMLDivElement>();
  const map = useMemo(() => queryMap(attention), [attention]);
  const shades = useMemo(() => (map === null ? null : relativeShades(map)), [map]);
  const modality = useApp(selectModality);
  const aspect = viewOf(looked?.cut.tokens.modality ?? modality).aspect(looked?.set ?? null);
  const room = roomOf(size, aspect);
  return (
    <div className="attention-map">
      <div ref={frame} className="attention-pictures" data-stacked={isStrip(aspect) || undefined}>
        <div className="attention-picture" style={{ ...room }}>
          {looked !== null && <PictureCanvas set={looked.set} index={attention.sample} size={room} />}
          {looked !== null && <QueryPicker looked={looked} />}
        </div>
        <div className="attention-picture" style={{ ...room }}>
          {looked !== null && <PictureCanvas set={looked.set} index={attention.sample} size={room} faint />}
          {shades !== null && looked !== null && (
            <HeatCanvas shades={shades} grid={looked.cut.tokens.grid} size={room} className="attention-heat" />
          )}
        </div>
      </div>
      <div className="attention-caption small">
        {picker}
        <span className="muted">{looked !== null && map !== null && looks(looked, map, attention.query)}</span>
      </div>
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

function QueryPicker({ looked: { cut } }: { looked: Looked }) {
  const { grid, count, modality } = cut.tokens;
  const query = useApp((state) => Math.min(state.attention.query, count - 1));
  const { token } = viewWords(cut.config);
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
      aria-label={`Query ${token}`}
      aria-valuemin={1}
      aria-valuemax={count}
      aria-valuenow={query + 1}
      aria-valuetext={viewOf(modality).nameCell(query, cut)}
      onKeyDown={move}
      onPointerDown={(event) => view.chooseQuery(cellUnder(event, event.currentTarget, grid))}
    >
      <span className="query-mark" style={cellBox(query, grid)} />
    </div>
  );
}

function looks({ cut }: Looked, map: Float32Array, query: number): string {
  return `looks ${viewOf(cut.tokens.modality).distance(meanDistance(map, query, cut.tokens.grid), cut)} away`;
}
