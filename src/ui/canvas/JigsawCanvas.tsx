/** A canvas of one puzzle, redrawn when what it shows changes. */
import { useEffect, useRef } from 'react';
import { usePixelRatio, useReducedMotion } from '../hooks.ts';
import { drawPlacement, drawShuffled, drawTruth, type PlacementOptions, type Scene, type Spot, spotOf } from './drawJigsaw.ts';
import type { Geometry } from './geometry.ts';
import type { Piece } from './jigsaw.ts';
import { usePalette } from './palette.ts';
import { context2d } from './picture.ts';

const GLIDE_MILLISECONDS = 200;

interface Props {
  label: string;
  picture: HTMLCanvasElement;
  geometry: Geometry;
}

function useScene(picture: HTMLCanvasElement, geometry: Geometry) {
  const ref = useRef<HTMLCanvasElement>(null);
  const palette = usePalette();
  const scene = (): Scene | null =>
    ref.current === null ? null : { context: context2d(ref.current), picture, geometry, palette };
  return { ref, palette, scene };
}

export function PiecesCanvas({ label, picture, geometry, pieces }: Props & { pieces: readonly Piece[] | null }) {
  const { ref, palette, scene } = useScene(picture, geometry);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a scene is made of these
  useEffect(() => {
    const drawing = scene();
    if (drawing === null) return;
    if (pieces === null) drawTruth(drawing);
    else drawShuffled(drawing, pieces);
  }, [picture, geometry, palette, pieces]);
  return <Frame ref={ref} label={label} geometry={geometry} />;
}

/** The truth: all pieces where they belong. */
export function TruthCanvas(props: Props) {
  return <PiecesCanvas {...props} pieces={null} />;
}

/** The model's placement. Pieces glide from where they lay to where they now belong in the model's eyes. */
export function PlacementCanvas({
  label,
  picture,
  geometry,
  pieces,
  confidence,
  arrows,
}: Props & PlacementOptions & { pieces: readonly Piece[] }) {
  const { ref, palette, scene } = useScene(picture, geometry);
  const still = useReducedMotion();
  // Where each patch lies at this moment, so that a glide can start in the middle of another.
  const lying = useRef(new Map<number, Spot>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: a scene is made of these
  useEffect(() => {
    const drawing = scene();
    if (drawing === null) return;
    const goals = pieces.map((piece) => spotOf(piece.cell, geometry.columns));
    const starts = pieces.map((piece, slot) => lying.current.get(piece.patch) ?? goals[slot]);
    const moves = !still && starts.some((start, slot) => start.column !== goals[slot].column || start.row !== goals[slot].row);
    const begun = performance.now();
    let frame = 0;
    const draw = (): void => {
      const time = moves ? Math.min(1, (performance.now() - begun) / GLIDE_MILLISECONDS) : 1;
      const spots = goals.map((goal, slot) => between(starts[slot], goal, ease(time)));
      for (const [slot, piece] of pieces.entries()) lying.current.set(piece.patch, spots[slot]);
      drawPlacement(drawing, pieces, spots, { confidence, arrows: arrows && time === 1 });
      if (time < 1) frame = requestAnimationFrame(draw);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [picture, geometry, palette, pieces, confidence, arrows, still]);
  return <Frame ref={ref} label={label} geometry={geometry} />;
}

function between(start: Spot, goal: Spot, share: number): Spot {
  return {
    column: start.column + (goal.column - start.column) * share,
    row: start.row + (goal.row - start.row) * share,
  };
}

/** Quick to leave, soft to arrive. */
function ease(time: number): number {
  return 1 - (1 - time) ** 3;
}

function Frame({ ref, label, geometry }: { ref: React.Ref<HTMLCanvasElement>; label: string; geometry: Geometry }) {
  const ratio = usePixelRatio();
  const { width, height } = geometry.total;
  return (
    <canvas
      ref={ref}
      role="img"
      aria-label={label}
      className="jigsaw"
      width={width}
      height={height}
      style={{ width: width / ratio, height: height / ratio }}
    />
  );
}
