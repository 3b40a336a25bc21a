/** How PyTorch is asked for steps, wherever the bench runs: messages of `step.py`, answered in order by one process a number of threads. */
import type { HostTensor } from '../../../engine/stepper.ts';

/** One thread, or two: so many processors has the least machine that the bench is run on. */
export const TORCH_THREADS = [1, 2] as const;
export type TorchThreads = (typeof TORCH_THREADS)[number];

/** Hands a message to the process that computes with so many threads. @returns its answer, a line of JSON */
export type TorchLink = (threads: TorchThreads, message: Uint8Array<ArrayBuffer>) => Promise<string>;

/** Where the bench's page sends its messages to; the number of threads follows. */
export const TORCH_PATH = '/torch/';

/** A message: a line of JSON that says which tensors follow, and their bytes. */
export function torchMessage(
  head: Readonly<Record<string, unknown>>,
  tensors: readonly ({ name: string } & HostTensor)[],
): Uint8Array<ArrayBuffer> {
  const described = tensors.map(({ data, ...rest }) => ({ ...rest, type: data instanceof Int32Array ? 'int32' : 'float32' }));
  const line = new TextEncoder().encode(`${JSON.stringify({ ...head, tensors: described })}\n`);
  const message = new Uint8Array(line.length + tensors.reduce((sum, { data }) => sum + data.byteLength, 0));
  message.set(line);
  let start = line.length;
  for (const { data } of tensors) {
    message.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), start);
    start += data.byteLength;
  }
  return message;
}
