/** A chart of the page as a file: SVG with its styles in it, or PNG drawn from that. */

const SVG = 'http://www.w3.org/2000/svg';
/** What a drawing takes from the page's styles. */
const INHERITED = ['fill', 'fill-opacity', 'stroke', 'stroke-opacity', 'stroke-width', 'stroke-dasharray', 'opacity'] as const;
const TEXT = ['font-size', 'font-weight', 'text-anchor', 'dominant-baseline'] as const;
const MARGIN = 12;
const TITLE_HEIGHT = 24;
/** PNG pixels for each CSS pixel. */
const SCALE = 2;

/** The chart inside `figure` with its title above it, as a file that stands alone; undefined when nothing is drawn yet. */
export function chartSvg(figure: Element): string | undefined {
  const drawn = figure.querySelector('svg.recharts-surface');
  if (!(drawn instanceof SVGSVGElement)) return undefined;
  const { width, height } = drawn.getBoundingClientRect();
  const page = getComputedStyle(document.documentElement);
  const svg = document.createElementNS(SVG, 'svg');
  const whole = { width: Math.ceil(width) + 2 * MARGIN, height: Math.ceil(height) + TITLE_HEIGHT + 2 * MARGIN };
  setAll(svg, { xmlns: SVG, ...whole, viewBox: `0 0 ${whole.width} ${whole.height}`, 'font-family': 'system-ui, sans-serif' });
  const ground = document.createElementNS(SVG, 'rect');
  setAll(ground, { width: '100%', height: '100%', fill: page.getPropertyValue('--panel').trim() });
  const title = document.createElementNS(SVG, 'text');
  setAll(title, { x: MARGIN, y: MARGIN + 13, 'font-size': 14, 'font-weight': 600, fill: page.getPropertyValue('--ink').trim() });
  title.textContent = figure.querySelector('.chart-title')?.textContent ?? '';
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  inlineStyles(drawn, copy);
  setAll(copy, { x: MARGIN, y: MARGIN + TITLE_HEIGHT, width, height });
  svg.append(ground, title, copy);
  return new XMLSerializer().serializeToString(svg);
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

function setAll(element: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
