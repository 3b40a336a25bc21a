/** The weights worker's end of the protocol: hundreds of megabytes are unpacked, checked and renamed where nobody waits for a click. */
import { CheckpointError, toErrorReport } from '../base/errors.ts';
import { LIMITS } from '../config/limits.ts';
import { sizeText } from '../data/wording.ts';
import { readWeightsFile } from '../io/foreign/weightsFile.ts';
import { openChannel, type PortLike } from './channel.ts';
import { readBrought } from './keeping/brought.ts';
import type { RunStore } from './keeping/runStore.ts';
import type { WeightsCommand, WeightsEvent } from './protocol.ts';

/** Messages about tensors, at most so many for a file. */
const MOST_MESSAGES = 50;

/** @param openStore where kept runs lie */
export function serveWeights(port: PortLike, openStore: () => Promise<Pick<RunStore, 'add'>>): void {
  const channel = openChannel<WeightsEvent, WeightsCommand>(port);
  const onTensor = (done: number, total: number): void => {
    if (done % Math.ceil(total / MOST_MESSAGES) === 0) channel.send({ type: 'progress', task: 'Reading tensors', done, total });
  };
  channel.listen((command) => {
    answer(command, onTensor, openStore).then(channel.send, (error: unknown) =>
      channel.send({ type: 'error', error: toErrorReport(error) }),
    );
  });
}

async function answer(
  command: WeightsCommand,
  onTensor: (done: number, total: number) => void,
  openStore: () => Promise<Pick<RunStore, 'add'>>,
): Promise<WeightsEvent> {
  const chosen = await bytesOf(command.file);
  switch (command.type) {
    case 'read': {
      const { bytes, config, notes } = readWeightsFile(chosen, onTensor);
      return { type: 'read', weights: new Blob([new Uint8Array(bytes)]), config, notes };
    }
    case 'keep': {
      const { bytes, entry, notes } = readBrought(chosen, command.name, onTensor);
      await (await openStore()).add(bytes, entry);
      return { type: 'kept', notes };
    }
    default:
      return command satisfies never;
  }
}

/** @throws CheckpointError when it is larger than what fits, or cannot be read from disk */
async function bytesOf(file: Blob): Promise<Uint8Array> {
  if (file.size > LIMITS.fileBytes) {
    throw new CheckpointError(`It has ${sizeText(file.size)}, and ${sizeText(LIMITS.fileBytes)} fit.`);
  }
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new CheckpointError('It could not be read from disk.');
  }
}
