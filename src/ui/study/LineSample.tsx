/** A short piece of a chart's line, beside the name of what it stands for. */
import type { Hue } from '../charts/types.ts';

export function LineSample({ hue }: { hue: Hue }) {
  return (
    <svg className="line-sample" width="24" height="8" aria-hidden="true">
      <line x1="0" x2="24" y1="4" y2="4" stroke={hue.stroke} strokeWidth="2" strokeDasharray={hue.dash} />
    </svg>
  );
}
