/** A worker of the trainer that draws built-in pictures beside it: on two cores they are there in little more than half the time. */
import { ownScript } from '../base/ownScript.ts';
import type { DrawHelper, DrawnRange, StartHelper } from '../data/drawRange.ts';
import { openChannel } from './channel.ts';
import pictureUrl from './picture.worker.ts?worker&url';

/** Undefined where workers start no workers of their own (Safari before 15.5), or there is one core. */
export const pictureHelper: StartHelper | undefined =
  'Worker' in globalThis && navigator.hardwareConcurrency > 1 ? startHelper : undefined;

function startHelper(): DrawHelper {
  const worker = new Worker(ownScript(pictureUrl), { type: 'module', name: 'pictures' });
  const channel = openChannel<unknown, DrawnRange>(worker);
  const waiting: { resolve(drawn: DrawnRange): void; reject(error: Error): void }[] = [];
  channel.listen((drawn) => waiting.shift()?.resolve(drawn));
  worker.addEventListener('error', (event) => {
    // Nobody has to know: what it would have drawn is drawn without it.
    event.preventDefault();
    for (const { reject } of waiting.splice(0)) reject(new Error('The thread that draws is gone.'));
  });
  return {
    draw(task) {
      channel.send(task);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    end: () => worker.terminate(),
  };
}
