/** What reads files of weights, at the other end of a real channel instead of in a worker. */
import { openChannel } from '../../src/worker/channel.ts';
import type { WeightsClient } from '../../src/worker/client.ts';
import type { RunStore } from '../../src/worker/keeping/runStore.ts';
import type { WeightsCommand, WeightsEvent } from '../../src/worker/protocol.ts';
import { serveWeights } from '../../src/worker/weights.ts';

const NO_STORE = (): Promise<never> => Promise.reject(new Error('nothing is kept here'));

export function realWeights(openStore: () => Promise<RunStore> = NO_STORE): WeightsClient {
  const { port1, port2 } = new MessageChannel();
  serveWeights(port2, openStore);
  return { ...openChannel<WeightsCommand, WeightsEvent>(port1), end: () => port1.close() };
}
