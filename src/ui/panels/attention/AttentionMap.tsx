/** One head on one picture: the query on the left, what it attends to on the right. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useMemo } from 'react';
import { cellAfter, cellUnder } from '../../canvas/cells.ts';
import { HeatCanvas } from '../../canvas/HeatCanvas.tsx';
import { PictureCanvas } from '../../canvas/PictureCanvas.tsx';
import { useController } from '../../controller/context.ts';
import { formatCell } from '../../format.ts';
import { useSize } from '../../hooks.ts';
import { meanDistance, queryMap } from '../../store/attention.ts';
import { selectInfo } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';

export function AttentionMap() {
  const info = useApp(selectInfo);
  const attention = useApp((state) => state.attention);
  const [frame, size] = useSize<HTMLDivElement>();
  const map = useMemo(() => queryMap(attention), [attention]);
  const shades = useMemo(() => (map === null ? null : relativeShades(map)), [map]);
  const side = info === null ? 4 : info.config.picture.size / info.config.picture.patch;
  const room = size === null ? 0 : Math.max(72, Math.min(size.height, (size.width - 12) / 2, 200));
  return (
    <div className="attention-map">
      <div ref={frame} className="attention-pictures">
        <div className="attention-picture" style={{ width: room, height: room }}>
          {info !== null && <PictureCanvas set={info.board} index={attention.sample} size={room} />}
          {info !== null && <QueryPicker side={side} />}
        </div>
        <div className="attention-picture" style={{ width: room, height: room }}>
          {info !== null && <PictureCanvas set={info.board} index={attention.sample} size={room} faint />}
          {shades !== null && <HeatCanvas shades={shades} side={side} size={room} className="attention-heat" />}
        </div>
      </div>
      <AttentionCaption map={map} />
    </div>
  );
}

/** The strongest weight is drawn fully: how sharp a head is shows in the contrast. */
function relativeShades(map: Float32Array): Float32Array {
  const top = map.reduce((most, weight) => Math.max(most, weight), 0);
  return map.map((weight) => (top === 0 ? 0 : (0.92 * weight) / top));
}

function QueryPicker({ side }: { side: number }) {
  const query = useApp((state) => Math.min(state.attention.query, side * side - 1));
  const { view } = useController();
  const move = (event: KeyboardEvent): void => {
    const next = cellAfter(event.key, query, side);
    if (next === null) return;
    event.preventDefault();
    view.chooseQuery(next);
  };
  const part = 100 / side;
  return (
    <div
      className="query-picker"
      role="slider"
      tabIndex={0}
      aria-label="Query patch"
      aria-valuemin={1}
      aria-valuemax={side * side}
      aria-valuenow={query + 1}
      aria-valuetext={formatCell(query, side)}
      onKeyDown={move}
      onPointerDown={(event) => view.chooseQuery(cellUnder(event, event.currentTarget, side))}
    >
      <span
        className="query-mark"
        style={{
          left: `${(query % side) * part}%`,
          top: `${Math.floor(query / side) * part}%`,
          width: `${part}%`,
          height: `${part}%`,
        }}
      />
    </div>
  );
}

function AttentionCaption({ map }: { map: Float32Array | null }) {
  const sample = useApp((state) => state.attention.sample);
  const query = useApp((state) => state.attention.query);
  const pictures = useApp((state) => state.run.info?.board.count ?? 1);
  const pinned = useApp((state) => state.run.info?.pinned ?? false);
  const { view } = useController();
  const name = pinned && sample === 0 ? 'your photo' : `sample ${sample + (pinned ? 0 : 1)}`;
  return (
    <div className="attention-caption small">
      <span className="attention-picker">
        <button
          type="button"
          className="icon-button"
          aria-label="Previous picture"
          disabled={sample === 0}
          onClick={() => view.choosePicture(sample - 1)}
        >
          <ChevronLeft size={14} aria-hidden="true" />
        </button>
        <span className="attention-name">{name}</span>
        <button
          type="button"
          className="icon-button"
          aria-label="Next picture"
          disabled={sample >= pictures - 1}
          onClick={() => view.choosePicture(sample + 1)}
        >
          <ChevronRight size={14} aria-hidden="true" />
        </button>
      </span>
      <span className="muted">{map !== null && `looks ${meanDistance(map, query).toFixed(2)} patches away`}</span>
    </div>
  );
}
