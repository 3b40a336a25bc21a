/** What the drawings of methods are made of: one picture in nine patches, boxes, arrows and words, in the colours of the page. */
import type { ReactNode } from 'react';

export const CELLS = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;
/** Side of a patch of the picture itself. */
const PATCH = 20;

/** A patch of the picture, its corner at (x, y). */
export function Patch({ cell, x, y, size = 16 }: { cell: number; x: number; y: number; size?: number }) {
  const [column, row] = [cell % 3, Math.floor(cell / 3)];
  return (
    <svg x={x} y={y} width={size} height={size} viewBox={`${column * PATCH} ${row * PATCH} ${PATCH} ${PATCH}`} aria-hidden="true">
      <rect width="60" height="60" fill="var(--accent-soft)" />
      <circle cx="45" cy="14" r="9" fill="var(--hue-2)" />
      <path d="M0 44 Q18 24 34 42 T60 36 V60 H0 Z" fill="var(--hue-3)" />
      <path d="M10 50 V34 L19 26 L28 34 V50 Z" fill="var(--hue-1)" />
      <rect x="17" y="40" width="5" height="10" fill="var(--panel)" />
      <rect
        x={column * PATCH + 0.5}
        y={row * PATCH + 0.5}
        width={PATCH - 1}
        height={PATCH - 1}
        fill="none"
        stroke="var(--muted)"
        strokeOpacity="0.5"
      />
    </svg>
  );
}

/** A place without its patch. */
export function Hole({ x, y, size = 16 }: { x: number; y: number; size?: number }) {
  return <rect x={x + 0.5} y={y + 0.5} width={size - 1} height={size - 1} fill="var(--hole)" stroke="var(--line-strong)" />;
}

interface GridProps {
  x: number;
  y: number;
  /** Patches that can be seen; all when absent. */
  seen?: readonly number[];
  size?: number;
}

/** The picture as a grid of nine, with holes for what is not seen. */
export function PatchGrid({ x, y, seen = CELLS, size = 16 }: GridProps) {
  const gap = 2;
  return CELLS.map((cell) => {
    const place = { x: x + (cell % 3) * (size + gap), y: y + Math.floor(cell / 3) * (size + gap), size };
    return seen.includes(cell) ? <Patch key={cell} cell={cell} {...place} /> : <Hole key={cell} {...place} />;
  });
}

interface BoxProps {
  x: number;
  y: number;
  width: number;
  height: number;
  /** A line of its own for each. */
  words: readonly string[];
  /** It follows another one, or stands still. */
  isDashed?: boolean;
}

/** A network. */
export function Box({ x, y, width, height, words, isDashed = false }: BoxProps) {
  const middle = y + height / 2 - (words.length - 1) * 6.5;
  return (
    <>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx="6"
        fill="var(--panel)"
        stroke="var(--ink)"
        {...(isDashed && { strokeDasharray: '4 3' })}
      />
      {words.map((word, line) => (
        <text key={word} x={x + width / 2} y={middle + line * 13 + 4} textAnchor="middle" fill="var(--ink)">
          {word}
        </text>
      ))}
    </>
  );
}

/** From one place to another, by the corners of `d`; its head is at the end. */
export function Arrow({ d, isDashed = false }: { d: string; isDashed?: boolean }) {
  return (
    <path
      d={d}
      fill="none"
      stroke="var(--muted)"
      strokeWidth="1.5"
      markerEnd="url(#papers-arrow)"
      {...(isDashed && { strokeDasharray: '4 3' })}
    />
  );
}

export function Words({ x, y, end = false, children }: { x: number; y: number; end?: boolean; children: string }) {
  return (
    <text x={x} y={y} textAnchor={end ? 'end' : 'middle'} fill="var(--muted)">
      {children}
    </text>
  );
}

/** The frame that all drawings share. @param label what is seen, in words */
export function Drawing({ label, children }: { label: string; children: ReactNode }) {
  return (
    <svg viewBox="0 0 400 168" role="img" aria-label={label} className="method-drawing">
      {children}
    </svg>
  );
}

/** The head of arrows, once for all drawings of the page. */
export function ArrowHead() {
  return (
    <svg width="0" height="0" className="visually-hidden" aria-hidden="true">
      <marker id="papers-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
        <path d="M0 0 L8 4 L0 8 Z" fill="var(--muted)" />
      </marker>
    </svg>
  );
}
