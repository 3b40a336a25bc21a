/** A few of the training samples, in one row. */
import { useEffect, useRef } from 'react';
import { context2d, pictureCanvas } from '../../canvas/picture.ts';
import { useRestorations } from '../../canvas/restorations.ts';
import { extrasOf } from '../../extras.ts';
import { usePixelRatio, useSize } from '../../hooks.ts';
import { selectInfo, selectModality } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';
import { useView } from '../../store/useView.ts';

const HEIGHT = 32;
const GAP = 4;
const WHOLE = { is: 'whole' } as const;

export function Thumbnails() {
  const set = useApp((state) => selectInfo(state)?.thumbnails ?? null);
  const [frame, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  const { aspect, words } = useView();
  const Beside = extrasOf(useApp(selectModality))?.Beside;
  const space = size?.width ?? 0;
  // Strips are pressed together so that two are seen: one would tell nothing of the set.
  const across = Math.max(1, Math.round(Math.min(HEIGHT * aspect(set), (space - GAP) / 2)));
  const room = Math.max(1, Math.floor((space + GAP) / (across + GAP)));
  const count = Math.min(set?.count ?? room, room);
  const width = count * (across + GAP) - GAP;
  const restorations = useRestorations();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  useEffect(() => {
    if (canvas.current === null || set === null) return;
    const context = context2d(canvas.current);
    const px = (length: number): number => Math.round(length * ratio);
    context.clearRect(0, 0, px(width), px(HEIGHT));
    for (let i = 0; i < count; i++) {
      context.drawImage(pictureCanvas(set, i), px(i * (across + GAP)), 0, px(across), px(HEIGHT));
    }
  }, [set, count, across, width, ratio, restorations]);
  return (
    <div ref={frame} className="thumbnails">
      <canvas
        ref={canvas}
        role="img"
        aria-label={set === null ? `No ${words.samples} yet` : `${count} of the training ${words.samples}`}
        width={Math.round(width * ratio)}
        height={Math.round(HEIGHT * ratio)}
        style={{ width, height: HEIGHT }}
      />
      {Beside !== undefined && set !== null && (
        <div className="thumbnail-buttons">
          {Array.from({ length: count }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a place in the row
            <span key={index} style={{ width: across, height: HEIGHT }}>
              <Beside set={set} index={index} name={`Training ${words.sample} ${index + 1}`} shown={WHOLE} />
            </span>
          ))}
        </div>
      )}
    </div>
  );
}
