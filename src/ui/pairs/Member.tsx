/** One member of a sample as it is looked at: a picture, a spectrogram that plays, or a caption. */
import { useMemo } from 'react';
import { type Grid, sidesOf } from '../../config/modalities/tokens.ts';
import type { Sense } from '../../config/modalities.ts';
import type { Gallery, MemberRasters } from '../../data/gallery.ts';
import { PixelCanvas } from '../canvas/PixelCanvas.tsx';
import { viewOf } from '../modalities/registry.ts';
import { HearMember } from './HearMember.tsx';

interface Props {
  set: Gallery;
  index: number;
  sense: Sense;
  /** Height of a drawing in CSS pixels. */
  height: number;
  /** What the sample is called. */
  name: string;
  /** In place of what is looked at: what was painted of it. */
  raster?: Uint8Array | undefined;
  /** Parts that were taken away, which are covered. */
  removed?: Removed | undefined;
  /** Likewise in place of a caption. */
  caption?: string | undefined;
}

interface Removed {
  grid: Grid;
  /** (n) 1 where a part is gone. */
  mask: Uint8Array;
}

export function Member({ set, index, sense, height, name, raster, removed, caption }: Props) {
  const { members = {}, present } = set;
  if (present?.[sense]?.[index] === 0) return <span className="member-absent">no {sense}</span>;
  if (sense === 'text') return <Caption text={caption ?? members.text?.texts[index] ?? ''} />;
  const rasters = members[sense];
  if (rasters === undefined) return null;
  return (
    <span className="member">
      <MemberCanvas
        rasters={rasters}
        sense={sense}
        index={index}
        height={height}
        label={`${name}: the ${sense}`}
        raster={raster}
        removed={removed}
      />
      {sense === 'sound' && raster === undefined && removed === undefined && members.sound !== undefined && (
        <HearMember clips={members.sound.clips} index={index} name={name} />
      )}
    </span>
  );
}

function Caption({ text }: { text: string }) {
  return (
    <q className="member-caption" dir="auto">
      {text}
    </q>
  );
}

interface CanvasProps {
  rasters: MemberRasters;
  sense: 'picture' | 'sound';
  index: number;
  height: number;
  label: string;
  raster?: Uint8Array | undefined;
  removed?: Removed | undefined;
}

export function MemberCanvas({
  rasters: { pixels, width, height: rows, channels },
  sense,
  index,
  height,
  label,
  raster,
  removed,
}: CanvasProps) {
  const drawing = useMemo(() => {
    const length = width * rows * channels;
    const own = raster ?? pixels.subarray(index * length, (index + 1) * length);
    return { width, height: rows, rgba: viewOf(sense).toRgba(own, channels) };
  }, [pixels, width, rows, channels, sense, index, raster]);
  const canvas = <PixelCanvas drawing={drawing} tile={{ width: (height * width) / rows, height }} label={label} />;
  if (removed === undefined) return canvas;
  return (
    <span className="member-seen">
      {canvas}
      <Covers {...removed} />
    </span>
  );
}

function Covers({ grid, mask }: Removed) {
  const [rows, columns] = sidesOf(grid);
  return (
    <svg className="member-covers" viewBox={`0 0 ${columns} ${rows}`} preserveAspectRatio="none" aria-hidden="true">
      {Array.from(mask, (flag, cell) =>
        flag === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is its cell
          <rect key={cell} x={cell % columns} y={Math.floor(cell / columns)} width={1} height={1} />
        ) : null,
      )}
    </svg>
  );
}
