/** What page and trainer write of one run at once, in the browser's own database. */
import { expect, it } from 'vitest';
import { readRunFile } from '../../../src/io/runFile.ts';
import { newRunId } from '../../../src/worker/keeping/runId.ts';
import { openRunStore } from '../../../src/worker/keeping/runStore.ts';
import { ABOUT, fileOf, stateOf } from '../../io/runFiles.ts';

it('is all there: what was written, and that somebody renamed and deleted it meanwhile', async () => {
  const [page, trainer] = await Promise.all([openRunStore(), openRunStore()]);
  const { record } = readRunFile(fileOf(8, ABOUT, stateOf(8, { steps: 3 }), 1));
  for (let round = 0; round < 20; round++) {
    const id = newRunId();
    await trainer.noteWritten(id, record, 100);
    const all = [
      () => trainer.noteWritten(id, { ...record, steps: 4 }, 200),
      () => page.rename(id, 'my first'),
      () => page.remove(id, 5),
      () => page.want(id),
    ];
    // Whoever comes first.
    const order = all.map((_, i) => all[(i + round) % all.length]);
    await Promise.all(order.map((write) => write()));
    expect(await page.entry(id)).toMatchObject({ step: 4, bytes: 200, name: 'my first', deletedAt: 5, wanted: true });
  }
  await page.purge(Number.POSITIVE_INFINITY);
});
