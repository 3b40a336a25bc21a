/** Pictures from the page itself, from files and from the camera. */
import { button, context, h } from '../dom.ts';
import { fromBase64 } from '../half.ts';
import type { Manifest, PictureInput } from '../manifest.ts';
import { pictureFrom, pictureFromFile, pictureSample } from '../samples/pictures.ts';
import { type Bringing, chooser, opener, type Say, type Show } from './bringing.ts';

/** A frame at a time, and not more often than eyes and slow machines need. */
const FRAME = 120;

export function pictures(manifest: Manifest, input: PictureInput, show: Show, say: Say): Bringing {
  const read = (data: string) => pictureSample(input, fromBase64(data));
  const samples = manifest.samples.map(({ data }) => read(data));
  const camera = new Camera(input, show, say);
  const items = samples.map((sample, i) => {
    const item = button(
      '',
      () => {
        camera.stop();
        show(sample, false);
      },
      { class: 'thumb', 'aria-label': `Picture ${i + 1}`, 'aria-pressed': String(i === 0) },
    );
    const { drawing, tokens } = sample;
    if (drawing !== undefined && tokens instanceof Float32Array) {
      const canvas = h('canvas', { width: drawing.width, height: drawing.height });
      context(canvas).putImageData(drawing.draw(tokens), 0, 0);
      item.append(canvas);
    }
    return item;
  });
  const file = (chosen: File) => {
    camera.stop();
    return pictureFromFile(input, chosen);
  };
  const open = opener(
    'image/*',
    'Open a picture',
    (chosen) =>
      void file(chosen).then(
        (sample) => show(sample, false),
        () => say('This is no picture that the browser can read.'),
      ),
  );
  return {
    element: h(
      'div',
      { class: 'bring' },
      ...(items.length > 0 ? [chooser(items, 'Pictures to begin with')] : []),
      h('div', { class: 'row' }, ...open, camera.button, h('span', { class: 'note drop' }, 'or drop one anywhere')),
    ),
    first: () => samples[0],
    read,
    file,
    accept: 'a picture',
  };
}

class Camera {
  readonly button = button('Camera', () => this.toggle());
  private stream: MediaStream | undefined;
  private readonly video = h('video', { muted: true, playsinline: true });

  constructor(
    private readonly input: PictureInput,
    private readonly show: Show,
    private readonly say: Say,
  ) {}

  stop(): void {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
    this.button.textContent = 'Camera';
  }

  private async toggle(): Promise<void> {
    if (this.stream !== undefined) return this.stop();
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 640 } });
      this.video.srcObject = this.stream;
      await this.video.play();
      this.button.textContent = 'Stop camera';
      this.look();
    } catch {
      this.stop();
      this.say('There is no camera, or this page may not use it.');
    }
  }

  private look(): void {
    const { video } = this;
    if (this.stream === undefined) return;
    if (video.videoWidth > 0) this.show(pictureFrom(this.input, video, video.videoWidth, video.videoHeight), true);
    setTimeout(() => requestAnimationFrame(() => this.look()), FRAME);
  }
}
