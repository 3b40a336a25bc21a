/** The loader's end of the protocol: files in, data sets out, one at a time. */
import { toErrorReport } from '../base/errors.ts';
import type { DecodePicture } from '../data/decode.ts';
import { loadFiles, loadPhoto } from '../data/load.ts';
import type { Dataset } from '../data/pictures.ts';
import { type Channel, openChannel, type PortLike } from './channel.ts';
import type { LoaderCommand, LoaderEvent } from './protocol.ts';

type Command<T extends LoaderCommand['type']> = Extract<LoaderCommand, { type: T }>;
type LoaderChannel = Channel<LoaderEvent, LoaderCommand>;

/** Answers commands until the worker ends. A `load` that another one replaces is never answered. */
export function serveLoader(port: PortLike, decode: DecodePicture): void {
  const channel: LoaderChannel = openChannel(port);
  let current = new AbortController();
  channel.listen((command) => {
    switch (command.type) {
      case 'load':
        current.abort();
        current = new AbortController();
        load(command, channel, decode, current.signal);
        return;
      case 'photo':
        readPhoto(command, channel, decode);
        return;
      default:
        command satisfies never;
    }
  });
}

async function load(
  { id, files, options }: Command<'load'>,
  channel: LoaderChannel,
  decode: DecodePicture,
  signal: AbortSignal,
): Promise<void> {
  try {
    const onProgress = (task: string, done: number, total: number) => channel.send({ type: 'progress', id, task, done, total });
    const { dataset, report } = await loadFiles(files, options, decode, onProgress, signal);
    if (dataset === undefined) channel.send({ type: 'loaded', id, report });
    else channel.send({ type: 'loaded', id, dataset, report }, buffersOf(dataset));
  } catch (error) {
    if (!signal.aborted) channel.send({ type: 'error', id, error: toErrorReport(error) });
  }
}

async function readPhoto(
  { id, file, size, channels }: Command<'photo'>,
  channel: LoaderChannel,
  decode: DecodePicture,
): Promise<void> {
  try {
    const photo = await loadPhoto(file, size, channels, decode);
    channel.send({ type: 'photo', id, photo }, [photo.pixels.buffer as ArrayBuffer]);
  } catch (error) {
    const { message, ...report } = toErrorReport(error);
    channel.send({ type: 'error', id, error: { ...report, message: `${file.path} ${message}` } });
  }
}

/** What moves to the page instead of being copied. Both sets may be the same one. */
function buffersOf({ train, heldOut }: Dataset): Transferable[] {
  const arrays = [train, heldOut].flatMap(({ pixels, labels }) => (labels === undefined ? [pixels] : [pixels, labels]));
  return [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))];
}
