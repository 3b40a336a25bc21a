/** A page that is the model: one HTML file that opens from a disk, shows what the model does, and asks nobody for anything. */
import page from 'virtual:demo-page';
import { toBase64, toHalves } from '../../demo/half.ts';
import type { HomeModel, HomePart } from '../part.ts';
import { inputOf, manifestOf, senseOf } from './manifest.ts';
import { sensesInput, sensesRefusal } from './senses.ts';

/** Parameters of a model that is offered as a page: plain JavaScript is slow, and browsers open large pages slowly. */
export const MOST_PARAMETERS = 8_000_000;

export const demoPage: HomePart = {
  id: 'page',
  label: 'Demo page',
  help: 'One HTML file that is the model: it opens from a disk or a mail, works offline, and takes pictures, sounds or texts.',
  path: ['demo.html'],
  refusal,
  build: (model) => [{ path: 'demo.html', bytes: new TextEncoder().encode(htmlOf(model)) }],
};

function refusal(model: HomeModel): string | undefined {
  const { values } = model;
  if (values.length > MOST_PARAMETERS) {
    return `A demo page holds ${MOST_PARAMETERS.toLocaleString('en')} parameters at most; this model has ${values.length.toLocaleString('en')}.`;
  }
  const isOne = senseOf(model) !== undefined;
  if ((isOne ? inputOf(model) : sensesInput(model)) === undefined)
    return 'The file does not say how samples become tokens: save the run again with this version.';
  return isOne ? undefined : sensesRefusal(model);
}

/** Scripts and styles are allowed by what they are (`virtual:demo-page` has their hashes), and there is nothing else to allow. */
function policy(): string {
  const rules = [
    "default-src 'none'",
    `script-src '${page.scriptHash}'`,
    `style-src '${page.styleHash}'`,
    'img-src blob: data:',
    'media-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return rules.join('; ');
}

export function htmlOf(model: HomeModel): string {
  const manifest = manifestOf(model);
  const halves = toHalves(model.values);
  const numbers = toBase64(new Uint8Array(halves.buffer));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escaped(manifest.title)} · a model in a page</title>
<style>${page.style}</style>
</head>
<body>
<noscript>This page is a model that runs in your browser: it needs JavaScript.</noscript>
<script type="application/json" id="manifest">${JSON.stringify(manifest).replaceAll('<', '\\u003c')}</script>
<script type="text/plain" id="numbers">${numbers}</script>
<script>${page.script}</script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
