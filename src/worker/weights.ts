/** The weights worker's end of the protocol: hundreds of megabytes are unpacked, checked and renamed where nobody waits for a click. */
import { CheckpointError, toErrorReport } from '../base/errors.ts';
import { LIMITS } from '../config/limits.ts';
import { sizeText } from '../data/wording.ts';
import { bringIn } from '../io/foreign/bringIn.ts';
import { readWeightsFile } from '../io/foreign/weightsFile.ts';
import { openChannel, type PortLike } from './channel.ts';
import { readBrought } from './keeping/brought.ts';
import type { RunStore } from './keeping/runStore.ts';
import type { WeightsCommand, WeightsEvent } from './protocol.ts';

type Store = Pick<RunStore, 'add' | 'bytes' | 'duplicate'>;

/** What a run of the largest model is saved as, and more than browsers hold in one piece. */
const LARGEST_RUN = 2 ** 31;

/** Messages about tensors, at most so many for a file. */
const MOST_MESSAGES = 50;

/** @param openStore where kept runs lie */
export function serveWeights(port: PortLike, openStore: () => Promise<Store>): void {
  const channel = openChannel<WeightsEvent, WeightsCommand>(port);
  const onTensor = (done: number, total: number): void => {
    if (done % Math.ceil(total / MOST_MESSAGES) === 0) channel.send({ type: 'progress', task: 'Reading tensors', done, total });
  };
  channel.listen((command) => {
    answer(command, onTensor, openStore).then(
      (event) => channel.send(event, event.type === 'bytes' ? [event.bytes.buffer as ArrayBuffer] : []),
      (error: unknown) => channel.send({ type: 'error', error: toErrorReport(error) }),
    );
  });
}

async function answer(
  command: WeightsCommand,
  onTensor: (done: number, total: number) => void,
  openStore: () => Promise<Store>,
): Promise<WeightsEvent> {
  switch (command.type) {
    case 'read': {
      const { bytes, config, notes } = readWeightsFile(await bytesOf(command.file), onTensor);
      return { type: 'read', weights: blobOf(bytes), config, notes };
    }
    case 'bring':
      return { type: 'bytes', bytes: bringIn(await bytesOf(command.file, LARGEST_RUN), onTensor) };
    case 'keep': {
      const { bytes, entry, notes } = readBrought(await bytesOf(command.file), command.name, onTensor);
      await (await openStore()).add(bytes, entry);
      return { type: 'kept', notes };
    }
    case 'open':
      return { type: 'bytes', bytes: await (await openStore()).bytes(command.id) };
    case 'export':
      return { type: 'exported', file: blobOf(await (await openStore()).bytes(command.id)) };
    case 'duplicate':
      await (await openStore()).duplicate(command.id, command.name);
      return { type: 'kept', notes: [] };
    default:
      return command satisfies never;
  }
}

function blobOf(bytes: Uint8Array): Blob {
  return new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' });
}

/** @throws CheckpointError when it is larger than what fits, or cannot be read from disk */
async function bytesOf(file: Blob, most: number = LIMITS.fileBytes): Promise<Uint8Array> {
  if (file.size > most) throw new CheckpointError(`It has ${sizeText(file.size)}, and ${sizeText(most)} fit.`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new CheckpointError('It could not be read from disk.');
  }
}
