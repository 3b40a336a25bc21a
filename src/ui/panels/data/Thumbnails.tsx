/** A few of the training pictures, in one row. */
import { useEffect, useRef } from 'react';
import { context2d, pictureCanvas } from '../../canvas/picture.ts';
import { useRestorations } from '../../canvas/restorations.ts';
import { usePixelRatio, useSize } from '../../hooks.ts';
import { selectInfo } from '../../store/selectors.ts';
import { useApp } from '../../store/store.ts';

const SIDE = 32;
const GAP = 4;

export function Thumbnails() {
  const set = useApp((state) => selectInfo(state)?.thumbnails ?? null);
  const [frame, size] = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  const room = Math.max(1, Math.floor(((size?.width ?? 0) + GAP) / (SIDE + GAP)));
  const count = Math.min(set?.count ?? room, room);
  const width = count * (SIDE + GAP) - GAP;
  const restorations = useRestorations();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  useEffect(() => {
    if (canvas.current === null || set === null) return;
    const context = context2d(canvas.current);
    const px = (length: number): number => Math.round(length * ratio);
    context.clearRect(0, 0, px(width), px(SIDE));
    for (let i = 0; i < count; i++) context.drawImage(pictureCanvas(set, i), px(i * (SIDE + GAP)), 0, px(SIDE), px(SIDE));
  }, [set, count, width, ratio, restorations]);
  return (
    <div ref={frame} className="thumbnails">
      <canvas
        ref={canvas}
        role="img"
        aria-label={set === null ? 'No pictures yet' : `${count} of the training pictures`}
        width={Math.round(width * ratio)}
        height={Math.round(SIDE * ratio)}
        style={{ width, height: SIDE }}
      />
    </div>
  );
}
