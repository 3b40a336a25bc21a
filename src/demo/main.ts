/** The script of a page that is a model: reads what the page holds, and shows what the model does. */
import { bringingOf } from './bring.ts';
import { button, h } from './dom.ts';
import { fromBase64, fromHalves } from './half.ts';
import type { DemoInput, Manifest } from './manifest.ts';
import { Net, type Tensor } from './net.ts';
import type { Sample } from './samples/drawing.ts';
import { labelsView } from './views/labels.ts';
import { lookView } from './views/look.ts';
import { paintView } from './views/paint.ts';
import { puzzleView } from './views/puzzle.ts';
import { sensesStage } from './views/senses.ts';
import type { Stage, View } from './views/view.ts';
import { textLabelsView, textLookView, textPuzzleView, wordsView } from './views/words.ts';

/** The numbers of the page as tensors by name. */
function tensorsOf({ tensors }: Manifest, base64: string): Map<string, Tensor> {
  const numbers = fromHalves(new Uint16Array(fromBase64(base64).buffer));
  let at = 0;
  return new Map(
    tensors.map(({ name, shape }) => {
      const length = shape.reduce((product, size) => product * size, 1);
      const data = numbers.subarray(at, at + length);
      at += length;
      return [name, { shape, data }];
    }),
  );
}

function viewOf(stage: Stage, input: DemoInput): View {
  const { task } = stage.manifest;
  if (input.sense === 'text') {
    if (task.kind === 'words') return wordsView(stage, task, input);
    if (task.kind === 'labels') return textLabelsView(stage, task, input);
    return task.kind === 'puzzle' ? textPuzzleView(stage, task, input) : textLookView(stage, input);
  }
  if (task.kind === 'labels') return labelsView(stage, task);
  if (task.kind === 'puzzle') return puzzleView(stage, task);
  return task.kind === 'paint' ? paintView(stage, task) : lookView(stage);
}

const textOf = (id: string): string => document.getElementById(id)?.textContent ?? '';

function start(): void {
  const manifest: Manifest = JSON.parse(textOf('manifest'));
  const net = new Net(tensorsOf(manifest, textOf('numbers')), manifest.spec);
  const status = h('p', { class: 'hidden-text', role: 'status' });
  const notice = h('p', { class: 'notice', role: 'alert', hidden: true });
  const say = (text: string) => {
    notice.textContent = text;
    notice.hidden = text === '';
  };
  const stage: Stage = {
    net,
    manifest,
    tell: (text) => {
      status.textContent = text;
    },
  };
  const { input } = manifest;
  const shown = input.sense === 'several' ? sensesStage(stage, input, say) : oneSense(stage, input, say);
  const frame = h('section', { class: 'stage', 'aria-label': manifest.title }, ...shown.elements, notice);
  document.body.append(head(manifest), h('main', {}, hero(manifest), frame, foot(manifest), status));
  takeDrops(shown, say);
}

/** What takes samples, and shows what the model does with them. */
interface Shown {
  elements: readonly HTMLElement[];
  take?(file: File): Promise<void>;
}

function oneSense(stage: Stage, input: DemoInput, say: (text: string) => void): Shown {
  const view = viewOf(stage, input);
  const empty = h('p', { class: 'empty' });
  const show = (sample: Sample, live: boolean) => {
    say('');
    empty.hidden = true;
    view.element.hidden = false;
    view.show(sample, live);
  };
  const bringing = bringingOf(stage.manifest, input, show, say);
  view.element.hidden = true;
  empty.textContent =
    bringing.accept === undefined ? 'Write something below.' : `Drop ${bringing.accept} here, or open one below.`;
  const first = bringing.first();
  if (first !== undefined) show(first, false);
  const { file } = bringing;
  return {
    elements: [empty, view.element, bringing.element],
    ...(file && { take: async (chosen: File) => show(await file(chosen), false) }),
  };
}

function head({ version }: Manifest): HTMLElement {
  const mark = h('span', { class: 'mark', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'), h('i'));
  const theme = button(
    'Light or dark',
    () => {
      const { style } = document.documentElement;
      const dark = style.colorScheme === '' ? matchMedia('(prefers-color-scheme: dark)').matches : style.colorScheme === 'dark';
      style.colorScheme = dark ? 'light' : 'dark';
    },
    { class: 'theme', 'aria-label': 'Light or dark', title: 'Light or dark' },
  );
  theme.textContent = '◐';
  return h('header', {}, mark, h('span', {}, `Made with Patchwork ${version}`), theme);
}

function hero({ title, says, facts }: Manifest): HTMLElement {
  const chips = h('ul', { class: 'facts' }, ...facts.map((fact) => h('li', {}, fact)));
  return h('div', { class: 'hero' }, h('h1', {}, title), h('p', {}, says), chips);
}

function foot({ settings, facts }: Manifest): HTMLElement {
  const [count = ''] = facts;
  return h(
    'footer',
    {},
    h(
      'p',
      {},
      `The whole model is in this file, its ${count} in 16 bits each. It runs here, in your browser; nothing that you show it leaves this page, and the page may not ask anybody for anything.`,
    ),
    h(
      'details',
      {},
      h('summary', {}, 'Train it again'),
      h('p', {}, 'Open Patchwork with these settings behind its address:'),
      h('code', {}, `?${settings}`),
    ),
  );
}

/** A file may be dropped anywhere. */
function takeDrops({ take }: Shown, say: (text: string) => void): void {
  const isFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
  const over = (on: boolean) => document.body.classList.toggle('dropping', on);
  document.addEventListener('dragover', (event) => {
    if (take === undefined || !isFile(event)) return;
    event.preventDefault();
    over(true);
  });
  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) over(false);
  });
  document.addEventListener('drop', (event) => {
    over(false);
    const [dropped] = event.dataTransfer?.files ?? [];
    if (take === undefined || dropped === undefined) return;
    event.preventDefault();
    take(dropped).catch((error: unknown) => say(refusalOf(dropped.name, error)));
  });
}

/** What browsers say of files that they cannot decode helps nobody. */
function refusalOf(name: string, error: unknown): string {
  const own = error instanceof Error && !(error instanceof DOMException) && error.message !== '';
  return own ? `${name}: ${error.message}` : `${name} is nothing that this model can read.`;
}

start();
