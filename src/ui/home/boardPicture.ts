/** The board as one picture, as it stands on the page. */

/** Pixels of the picture for each of the page's. */
const SHARPNESS = 2;

/** Its canvases where they stand, as PNG; undefined when there is none. */
export async function boardPicture(): Promise<Uint8Array | undefined> {
  const board = document.querySelector('.boards');
  const canvases = [...(board?.querySelectorAll('canvas') ?? [])].filter(({ width, height }) => width > 0 && height > 0);
  if (canvases.length === 0) return undefined;
  const places = canvases.map((canvas) => canvas.getBoundingClientRect());
  const left = Math.min(...places.map((place) => place.left));
  const top = Math.min(...places.map((place) => place.top));
  const picture = document.createElement('canvas');
  picture.width = SHARPNESS * Math.ceil(Math.max(...places.map((place) => place.right)) - left);
  picture.height = SHARPNESS * Math.ceil(Math.max(...places.map((place) => place.bottom)) - top);
  const context = picture.getContext('2d');
  if (context === null) return undefined;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, picture.width, picture.height);
  context.imageSmoothingEnabled = false;
  canvases.forEach((canvas, i) => {
    const { x, y, width, height } = places[i];
    context.drawImage(canvas, SHARPNESS * (x - left), SHARPNESS * (y - top), SHARPNESS * width, SHARPNESS * height);
  });
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  return blob === null ? undefined : new Uint8Array(await blob.arrayBuffer());
}
