/** Milliseconds under the drawings of a clip. */
import { useSize } from '../hooks.ts';
import type { DrawingProps } from '../modalities/extras.ts';
import { timeMarks } from './scales.ts';

export function TimeScale({ set: { sound }, index }: Pick<DrawingProps, 'set' | 'index'>) {
  const [frame, size] = useSize<HTMLDivElement>();
  if (sound === undefined) return null;
  const seconds = (sound.starts[index + 1] - sound.starts[index]) / sound.rate;
  return (
    <div ref={frame} className="time-scale" aria-hidden="true">
      {size !== null &&
        timeMarks(seconds, size.width).map(({ text, share }) => (
          <span key={text} style={{ left: `${100 * share}%` }}>
            {text}
          </span>
        ))}
    </div>
  );
}
