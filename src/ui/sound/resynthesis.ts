/** Makes drawn sounds audible in a worker: a tenth of a second that the page does not stand still for. */
import { PatchworkError } from '../../base/errors.ts';
import type { DrawnSound } from '../../data/sound/resynthesis.ts';
import { startResynthesis } from '../../worker/client.ts';

/** Of a drawing; ends its worker when `signal` says so. */
export function drawnSound(drawing: DrawnSound, signal: AbortSignal): Promise<Float32Array<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const client = startResynthesis((message) => reject(new PatchworkError(message)));
    const end = (): void => {
      client.end();
      reject(signal.reason);
    };
    signal.addEventListener('abort', end, { once: true });
    client.listen((event) => {
      signal.removeEventListener('abort', end);
      client.end();
      if (event.type === 'waveform') resolve(event.samples);
      else reject(new Error(event.error.message));
    });
    client.send({ type: 'resynthesise', drawing });
  });
}
