/** Takes a chart home, as a picture or as a drawing. */
import type { RefObject } from 'react';
import { useController } from '../controller/context.ts';
import { download } from '../controller/download.ts';
import { type Caption, chartSvg, toPng } from './picture.ts';

interface Props {
  frame: RefObject<HTMLElement | null>;
  /** Of the file, without its ending. */
  name: string;
  caption: Caption;
}

export function ExportChart({ frame, name, caption }: Props) {
  const { report } = useController();
  const save = async (kind: 'svg' | 'png'): Promise<void> => {
    const svg = frame.current === null ? undefined : chartSvg(frame.current, caption);
    if (svg === undefined) return;
    try {
      const bytes = kind === 'svg' ? new TextEncoder().encode(svg) : await toPng(svg);
      download(bytes, `${name}.${kind}`);
    } catch (error) {
      report('The chart was not saved.', error);
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
