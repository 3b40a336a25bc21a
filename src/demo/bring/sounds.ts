/** Sounds from the page itself, from files and from the microphone. */
import { button, h } from '../dom.ts';
import { fromBase64 } from '../half.ts';
import type { DigitSoundInput, Manifest, SoundInput } from '../manifest.ts';
import { DigitSounds } from '../samples/digits.ts';
import type { Sample } from '../samples/drawing.ts';
import { type SoundReader, Sounds } from '../samples/sounds.ts';
import { type Bringing, chooser, opener, type Say, type Show } from './bringing.ts';

const RATE = 16_000;

export function readerOf(input: SoundInput | DigitSoundInput): SoundReader {
  return input.frontEnd === undefined ? new DigitSounds(input) : new Sounds(input);
}

export function sounds(manifest: Manifest, input: SoundInput | DigitSoundInput, show: Show, say: Say): Bringing {
  const reader = readerOf(input);
  let current: Sample | undefined;
  const read = (data: string): Sample => {
    current = reader.sample(new Int16Array(fromBase64(data).buffer));
    return current;
  };
  const made = manifest.samples.map(({ data }) => read(data));
  const put = (sample: Sample) => {
    current = sample;
    show(sample, false);
  };
  const items = made.map((sample, i) =>
    button(
      String(i + 1),
      () => {
        put(sample);
        play(sample);
      },
      { class: 'pick', 'aria-label': `Sound ${i + 1}`, 'aria-pressed': String(i === 0) },
    ),
  );
  const refuse = (error: unknown) =>
    say(error instanceof Error && error.message !== '' ? error.message : 'This is no sound that the browser can read.');
  const file = (chosen: File) =>
    reader.fromFile(chosen).then((sample) => {
      current = sample;
      return sample;
    });
  const open = opener(
    'audio/*,video/*',
    'Open a sound',
    (chosen) => void file(chosen).then((sample) => show(sample, false), refuse),
  );
  const listen = button('Play', () => {
    if (current !== undefined) play(current);
  });
  const record = button('Microphone', () => void speak());
  const speak = async () => {
    record.disabled = true;
    try {
      const spoken = await recorded(reader.seconds, () => {
        record.textContent = 'Listening …';
      });
      put(await reader.fromFile(spoken));
    } catch (error) {
      if (error instanceof DOMException) say('There is no microphone, or this page may not use it.');
      else refuse(error);
    }
    record.textContent = 'Microphone';
    record.disabled = false;
  };
  return {
    element: h(
      'div',
      { class: 'bring' },
      ...(items.length > 0 ? [chooser(items, 'Sounds to begin with')] : []),
      h('div', { class: 'row' }, ...open, record, listen, h('span', { class: 'note drop' }, 'or drop one anywhere')),
    ),
    first: () => {
      current = made[0];
      return current;
    },
    read,
    file,
    accept: 'a sound',
  };
}

function play({ sound }: Sample): void {
  if (sound === undefined) return;
  const audio = new AudioContext();
  const buffer = audio.createBuffer(1, sound.length, RATE);
  buffer.copyToChannel(
    Float32Array.from(sound, (sample) => sample / 32_768),
    0,
  );
  const source = audio.createBufferSource();
  source.buffer = buffer;
  source.connect(audio.destination);
  source.addEventListener('ended', () => void audio.close());
  source.start();
}

/** Somewhat longer than a clip: nobody speaks at once. */
const AHEAD = 0.6;

async function recorded(seconds: number, onStart: () => void): Promise<Blob> {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  try {
    const recorder = new MediaRecorder(stream);
    const parts: Blob[] = [];
    recorder.addEventListener('dataavailable', ({ data }) => parts.push(data));
    const done = new Promise((resolve) => recorder.addEventListener('stop', resolve));
    recorder.start();
    onStart();
    setTimeout(() => recorder.stop(), 1000 * (seconds + AHEAD));
    await done;
    return new Blob(parts);
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
