/** A chart's title, its numbers below it, and its two buttons. */
import { Maximize2 } from 'lucide-react';
import type { RefObject } from 'react';

interface Props {
  title: string;
  /** Empty while there are none yet; null where there never are. */
  values: string | null;
  /** Absent where a logarithmic scale would make no sense. */
  log?: { isOn: boolean; set(isOn: boolean): void };
  /** Absent where it is large already. */
  enlarge?: { ref: RefObject<HTMLButtonElement | null>; open(): void };
}

export function ChartHead({ title, values, log, enlarge }: Props) {
  return (
    <figcaption className="chart-head">
      <span className="chart-title">{title}</span>
      {log !== undefined && (
        <button
          type="button"
          className="chart-button"
          aria-pressed={log.isOn}
          aria-label={`Log scale: ${title}`}
          onClick={() => log.set(!log.isOn)}
        >
          log
        </button>
      )}
      {enlarge !== undefined && (
        <button ref={enlarge.ref} type="button" className="chart-button" aria-label={`Enlarge: ${title}`} onClick={enlarge.open}>
          <Maximize2 size={13} aria-hidden="true" />
        </button>
      )}
      {values !== null && <span className="chart-values">{values}</span>}
    </figcaption>
  );
}
