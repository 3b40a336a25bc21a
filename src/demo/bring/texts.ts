/** Texts from the page itself and from the keyboard. */
import { button, h } from '../dom.ts';
import type { Manifest, TextInput } from '../manifest.ts';
import { textSample } from '../samples/texts.ts';
import { type Bringing, chooser, type Show } from './bringing.ts';

const SETTLED = 250;

export function texts(manifest: Manifest, input: TextInput, show: Show): Bringing {
  const places = manifest.spec.patches;
  const field = h('textarea', { id: 'own', rows: 3, spellcheck: false });
  const [sample] = manifest.samples;
  field.value = sample?.data ?? '';
  const hint = h('span', { class: 'note' });
  const read = () => {
    const made = textSample(input, places, field.value);
    hint.textContent =
      made.length > places
        ? `The first ${places} of ${made.length} words are read.`
        : manifest.task.kind === 'words'
          ? '__ is a gap to be filled.'
          : '';
    return made;
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => show(read(), false), SETTLED);
  });
  const items = manifest.samples.map(({ data }, i) =>
    button(
      `Text ${i + 1}`,
      () => {
        field.value = data;
        show(read(), false);
      },
      { class: 'pick', 'aria-pressed': String(i === 0) },
    ),
  );
  return {
    element: h(
      'div',
      { class: 'bring' },
      h('label', { for: 'own' }, 'Write a text of your own'),
      field,
      h('div', { class: 'row' }, ...(items.length > 0 ? [chooser(items, 'Texts to begin with')] : []), hint),
    ),
    first: () => (field.value.trim() === '' ? undefined : read()),
    read(data) {
      field.value = data;
      return read();
    },
  };
}
