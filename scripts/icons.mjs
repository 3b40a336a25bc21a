/** Draws the icons of the installed page into public/icons: `node scripts/icons.mjs`, after a change of the drawing. */
import path from 'node:path';
import sharp from 'sharp';
import { ROOT } from './root.mjs';

const GROUND = '#ffffff';
/** The page's icon (index.html): four patches, one of them not yet in its place. */
const PATCHES = `
  <rect x="1" y="1" width="8" height="8" rx="1" fill="#2166c4"/>
  <rect x="11" y="1" width="8" height="8" rx="1" fill="#9a9a94"/>
  <rect x="1" y="11" width="8" height="8" rx="1" fill="#5c5c57"/>
  <rect x="12" y="12" width="8" height="8" rx="1" fill="#d9730d" transform="rotate(8 16 16)"/>`;

// Systems cut maskable icons to a circle of 80 % or more; the others come with corners of their own.
await draw('icon-192', 192, 0.72, 4);
await draw('icon-512', 512, 0.72, 4);
await draw('maskable-512', 512, 0.52, 0);

/** @param {string} name @param {number} size pixels @param {number} share of it that the patches take @param {number} corner in units of the drawing, which is 20 wide */
async function draw(name, size, share, corner) {
  const edge = (20 * (1 - share)) / 2;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 20 20">
    <rect width="20" height="20" rx="${corner}" fill="${GROUND}"/>
    <g transform="translate(${edge} ${edge}) scale(${share})">${PATCHES}</g></svg>`;
  await sharp(Buffer.from(svg))
    .png({ compressionLevel: 9, palette: true })
    .toFile(path.join(ROOT, 'public/icons', `${name}.png`));
}
