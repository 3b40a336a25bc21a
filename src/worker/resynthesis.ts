/** Makes one drawing audible, away from the page: it takes a tenth of a second. */
import { toErrorReport } from '../base/errors.ts';
import { resynthesiseDrawing } from '../data/sound/resynthesis.ts';
import { openChannel, type PortLike } from './channel.ts';
import type { ResynthesisCommand, ResynthesisEvent } from './protocol.ts';

/** Answers one `resynthesise` with `waveform` or `error`. */
export function serveResynthesis(port: PortLike): void {
  const channel = openChannel<ResynthesisEvent, ResynthesisCommand>(port);
  channel.listen(({ drawing }) => {
    try {
      const samples = resynthesiseDrawing(drawing);
      channel.send({ type: 'waveform', samples }, [samples.buffer]);
    } catch (error) {
      channel.send({ type: 'error', error: toErrorReport(error) });
    }
  });
}
