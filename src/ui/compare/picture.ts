/** A chart of the page as a file: SVG with its styles in it, or PNG drawn from that. */
import type { Series } from '../charts/types.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** What a drawing takes from the page's styles. */
const INHERITED = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'opacity'] as const;
const TEXT = ['font-size', 'font-weight', 'text-anchor', 'dominant-baseline'] as const;
const MARGIN = 12;
const FONT = 'Inter, Helvetica, Arial, sans-serif';
const TITLE = { 'font-size': 14, 'font-weight': 600 };
const SMALL = 12;
/** Heights of a title, of an axis' name and of a line of the legend. */
const ROW = 20;
/** Other machines have other fonts, and wider ones. */
const SPARE = 1.2;
/** PNG pixels for each CSS pixel. */
const SCALE = 2;

/** What a chart says besides its lines, for a file without a page around it. */
export interface Caption {
  title: string;
  /** What its axes count, with units. */
  upright: string;
  across: string;
  lines: readonly Series[];
}

/** The chart inside `figure` between its title and its legend, as a file that stands alone; undefined when nothing is drawn yet. */
export function chartSvg(figure: Element, caption: Caption): string | undefined {
  const drawn = figure.querySelector('svg.chart-drawing');
  if (!(drawn instanceof SVGSVGElement)) return undefined;
  const { width, height } = drawn.getBoundingClientRect();
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  inlineStyles(drawn, copy);
  const head = MARGIN + 2 * ROW;
  // Names at the ends of lines are not cut here: the picture grows by what they take.
  setAll(copy, { x: MARGIN, y: head, width, height, overflow: 'visible' });
  const right = writeNames(copy);
  const foot = head + Math.ceil(height) + ROW;
  const { title, upright, across, lines } = caption;
  const widest = Math.max(right, ...[title, upright, ...lines.map(({ name }) => `—— ${name}`)].map(widthOf), width);
  const whole = { width: Math.ceil(widest) + 2 * MARGIN, height: foot + ROW * lines.length + MARGIN };
  const [ink, muted] = [colourOf('var(--ink)'), colourOf('var(--muted)')];
  const svg = draw('svg', { xmlns: SVG, ...whole, viewBox: `0 0 ${whole.width} ${whole.height}`, 'font-family': FONT });
  svg.append(
    draw('rect', { width: '100%', height: '100%', fill: colourOf('var(--panel)') }),
    draw('text', { x: MARGIN, y: MARGIN + 13, ...TITLE, fill: ink }, title),
    draw('text', { x: MARGIN, y: MARGIN + ROW + 13, 'font-size': SMALL, fill: muted }, `↑ ${upright}`),
    copy,
    draw('text', { x: MARGIN + 44, y: foot - 4, 'font-size': SMALL, fill: muted }, `→ ${across}`),
    ...lines.flatMap((line, index) => legendLine(line, foot + ROW * (index + 0.5), ink)),
  );
  return new XMLSerializer().serializeToString(svg);
}

function legendLine({ name, hue, tone }: Series, y: number, ink: string): SVGElement[] {
  return [
    draw('line', {
      x1: MARGIN,
      x2: MARGIN + 28,
      y1: y,
      y2: y,
      stroke: colourOf(hue?.stroke ?? 'var(--accent)'),
      'stroke-width': tone === 'strong' ? 2 : 1,
      ...(hue?.dash === undefined ? {} : { 'stroke-dasharray': hue.dash }),
    }),
    draw('text', { x: MARGIN + 36, y: y + 4, 'font-size': SMALL, fill: ink }, name),
  ];
}

/** Writes names out, and takes away the axis' unit, which the caption says in full. @returns how far to the right they reach */
function writeNames(chart: SVGSVGElement): number {
  chart.querySelector('[data-unit]')?.remove();
  const ends = [...chart.querySelectorAll('[data-name]')].map((text) => {
    const name = text.getAttribute('data-name') ?? '';
    text.textContent = name;
    return Number(text.getAttribute('x')) + widthOf(name);
  });
  return Math.max(0, ...ends);
}

/** In the heaviest face of the file, with room to spare. */
function widthOf(text: string): number {
  const context = document.createElement('canvas').getContext('2d');
  if (context === null) return 8 * text.length;
  context.font = `600 ${SMALL}px ${FONT}`;
  return SPARE * context.measureText(text).width;
}

/** A colour of the page's style sheet by its value. */
function colourOf(colour: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
  return name === undefined ? colour : getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** @throws Error when the browser cannot draw it */
export async function toPng(svg: string): Promise<Uint8Array> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = SCALE * image.width;
    canvas.height = SCALE * image.height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) throw new Error('The browser could not draw the picture.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Colours and fonts come from the page's style sheet, which a file does not have. */
function inlineStyles(original: Element, copy: Element): void {
  const style = getComputedStyle(original);
  const names: readonly string[] = original instanceof SVGTextContentElement ? [...INHERITED, ...TEXT] : INHERITED;
  for (const name of names) {
    const value = style.getPropertyValue(name);
    if (value !== '') copy.setAttribute(name, value);
  }
  copy.removeAttribute('class');
  copy.removeAttribute('style');
  for (const [index, child] of [...original.children].entries()) {
    const twin = copy.children[index];
    if (twin !== undefined) inlineStyles(child, twin);
  }
}

function draw(kind: string, attributes: Attributes, text = ''): SVGElement {
  const element = document.createElementNS(SVG, kind) as SVGElement;
  setAll(element, attributes);
  if (text !== '') element.textContent = text;
  return element;
}

type Attributes = Readonly<Record<string, string | number>>;

function setAll(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
