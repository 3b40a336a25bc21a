/** Layers by heads; each cell a bar of the mean attention distance, with the even spread dashed across. */
import type { KeyboardEvent } from 'react';
import { useController } from '../../controller/context.ts';
import type { Looked } from '../../modalities/looked.ts';
import { viewOf } from '../../modalities/registry.ts';
import { useApp } from '../../store/store.ts';
import { useWords } from '../../store/useView.ts';

interface Props {
  /** What they are looked at on; null before there is a run. */
  looked: Looked | null;
  /** (depth, heads) in cells. */
  distances: Float32Array | null;
  uniform: number | null;
}

export function HeadGrid({ looked, distances, uniform }: Props) {
  const depth = useApp((state) => state.run.info?.config.model.depth ?? state.settings.draft.model.depth);
  const heads = useApp((state) => state.run.info?.config.model.heads ?? state.settings.draft.model.heads);
  const layer = useApp((state) => Math.min(state.attention.layer, depth - 1));
  const head = useApp((state) => Math.min(state.attention.head, heads - 1));
  const { token } = useWords();
  const { view } = useController();
  if (depth === 0) {
    return <p className="small muted head-grid-empty">A model of depth 0 has no attention: each {token} stands alone.</p>;
  }
  const measured = distances?.length === depth * heads ? distances : null;
  // The same scale for all bars, with room for heads that look farther than an even spread.
  const end = Math.max(1.4 * (uniform ?? 1), ...(measured ?? []));
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = headAfter(event.key, layer, head, depth, heads);
    if (next === null) return;
    event.preventDefault();
    view.chooseHead(next.layer, next.head);
    event.currentTarget.querySelector<HTMLElement>(`[data-head="${next.layer} ${next.head}"]`)?.focus();
  };
  return (
    <div
      className="head-grid"
      role="radiogroup"
      aria-label="Head"
      data-dense={heads > 6 || depth > 6 || undefined}
      style={{ '--heads': heads, '--depth': depth }}
      onKeyDown={move}
    >
      <HeadNames heads={heads} />
      {Array.from({ length: depth }, (_, l) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is a layer
        <div key={l} className="head-row">
          <span className="head-name">layer {l + 1}</span>
          {Array.from({ length: heads }, (_, h) => (
            <HeadCell
              // biome-ignore lint/suspicious/noArrayIndexKey: a cell is a head
              key={h}
              looked={looked}
              layer={l}
              head={h}
              distance={measured?.[l * heads + h] ?? null}
              end={end}
              uniform={uniform}
              chosen={l === layer && h === head}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function HeadNames({ heads }: { heads: number }) {
  return (
    <div className="head-row head-names" aria-hidden="true">
      <span>head</span>
      {Array.from({ length: heads }, (_, h) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a column is a head
        <span key={h}>{h + 1}</span>
      ))}
    </div>
  );
}

interface CellProps {
  looked: Looked | null;
  layer: number;
  head: number;
  distance: number | null;
  end: number;
  uniform: number | null;
  chosen: boolean;
}

function HeadCell({ looked, layer, head, distance, end, uniform, chosen }: CellProps) {
  const { view } = useController();
  const said =
    distance === null || looked === null ? 'not measured yet' : viewOf(looked.cut.tokens.modality).distance(distance, looked.cut);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a native radio cannot hold a drawing
    <button
      type="button"
      role="radio"
      aria-checked={chosen}
      aria-label={`Layer ${layer + 1}, head ${head + 1}: ${said}`}
      tabIndex={chosen ? 0 : -1}
      data-head={`${layer} ${head}`}
      className="head-cell"
      onClick={() => view.chooseHead(layer, head)}
    >
      <span className="head-bar" style={{ width: `${(100 * (distance ?? 0)) / end}%` }} />
      {uniform !== null && <span className="head-uniform" style={{ left: `${(100 * uniform) / end}%` }} />}
      <span className="head-value">{distance === null ? '–' : distance.toFixed(2)}</span>
    </button>
  );
}

function headAfter(key: string, layer: number, head: number, depth: number, heads: number) {
  const clamp = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));
  switch (key) {
    case 'ArrowLeft':
      return { layer, head: clamp(head - 1, heads) };
    case 'ArrowRight':
      return { layer, head: clamp(head + 1, heads) };
    case 'ArrowUp':
      return { layer: clamp(layer - 1, depth), head };
    case 'ArrowDown':
      return { layer: clamp(layer + 1, depth), head };
    default:
      return null;
  }
}
