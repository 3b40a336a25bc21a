/** Takes a chart home, as a picture or as a drawing. */
import type { RefObject } from 'react';
import { useController } from '../controller/context.ts';
import { download } from '../controller/download.ts';
import { chartSvg, toPng } from './picture.ts';

/** @param name of the file, without its ending */
export function ExportChart({ frame, name }: { frame: RefObject<HTMLElement | null>; name: string }) {
  const { kept } = useController();
  const save = async (kind: 'svg' | 'png'): Promise<void> => {
    const svg = frame.current === null ? undefined : chartSvg(frame.current);
    if (svg === undefined) return;
    try {
      const bytes = kind === 'svg' ? new TextEncoder().encode(svg) : await toPng(svg);
      download(bytes, `${name}.${kind}`);
    } catch (error) {
      kept.report('The chart was not saved.', error);
    }
  };
  return (
    <span className="export">
      {(['svg', 'png'] as const).map((kind) => (
        <button
          key={kind}
          type="button"
          className="button small-button"
          aria-label={`Save the chart as ${kind.toUpperCase()}`}
          onClick={() => void save(kind)}
        >
          {kind.toUpperCase()}
        </button>
      ))}
    </span>
  );
}
