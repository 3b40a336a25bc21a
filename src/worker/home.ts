/** The home worker's end of the protocol: what there is to take of a model, how large it is, and all of it as a zip. */
import { toErrorReport } from '../base/errors.ts';
import { selectBackend } from '../engine/backend.ts';
import type { EngineEnvironment } from '../engine/environment.ts';
import { openModel } from '../home/openModel.ts';
import { homeFiles, homeName, offersOf, zipHome } from '../home/pack.ts';
import type { HomeModel } from '../home/part.ts';
import { openChannel, type PortLike } from './channel.ts';
import type { HomeCommand, HomeEvent } from './protocol.ts';
import { yieldToMessages } from './yield.ts';

type Command<T extends HomeCommand['type']> = Extract<HomeCommand, { type: T }>;
type Send = (event: HomeEvent) => void;

export function serveHome(port: PortLike, environment: EngineEnvironment): void {
  const channel = openChannel<HomeEvent, HomeCommand>(port);
  let model: Promise<HomeModel> | undefined;
  /** One thing at a time: they share an engine. */
  let work: Promise<void> = Promise.resolve();
  const after = (next: () => Promise<void>): void => {
    work = work.then(next).catch((error: unknown) => channel.send({ type: 'error', error: toErrorReport(error) }));
  };
  channel.listen((command) => {
    switch (command.type) {
      case 'open':
        model = open(command, environment);
        after(async () => offer(await (model as Promise<HomeModel>), channel.send));
        break;
      case 'pack':
        after(async () => {
          if (model !== undefined) await pack(await model, command.parts, channel.send);
        });
        break;
      default:
        command satisfies never;
    }
  });
}

async function open({ bytes, report }: Command<'open'>, environment: EngineEnvironment): Promise<HomeModel> {
  const model = { ...openModel(bytes), report };
  // A probe is two samples, and the same bits on every machine.
  await selectBackend('wasm', environment);
  return model;
}

/** A part is made to be measured, and let go of: of a large model no two are in memory at once. */
async function offer(model: HomeModel, send: Send): Promise<void> {
  const offers = offersOf(model);
  const parts = offers.map(({ part: { id, label, help, path }, refusal = null }) => ({ id, label, help, path, refusal }));
  send({ type: 'offered', name: homeName(model), parts });
  for (const { id, refusal } of parts) {
    if (refusal !== null) continue;
    let bytes = 0;
    for await (const file of homeFiles(model, [id])) bytes += file.bytes.length;
    send({ type: 'measured', part: id, bytes });
    await yieldToMessages();
  }
}

async function pack(model: HomeModel, parts: readonly string[], send: Send): Promise<void> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  await zipHome(
    model,
    parts,
    (piece) => pieces.push(new Uint8Array(piece)),
    (path) => {
      send({ type: 'packing', path });
      return yieldToMessages();
    },
  );
  send({ type: 'packed', zip: new Blob(pieces, { type: 'application/zip' }) });
}
