import { describe, expect, it } from 'vitest';
import { clock, ProgressBar } from '../../src/cli/progressBar.ts';

function fakeTerminal(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

describe('ProgressBar', () => {
  it('stays silent where there is no terminal', () => {
    const terminal = fakeTerminal(false);
    const bar = new ProgressBar(terminal);
    bar.draw('training', 1, 2);
    bar.clear();
    expect(terminal.written).toEqual([]);
  });

  it('draws at most every 100 ms, but always the end', () => {
    const terminal = fakeTerminal(true);
    let time = 0;
    const bar = new ProgressBar(terminal, () => time);
    for (; time <= 200; time += 10) bar.draw('training', time, 1000);
    expect(terminal.written).toHaveLength(3);
    bar.draw('training', 1000, 1000, 'loss 1.0');
    expect(terminal.written.at(-1)).toContain(`${'#'.repeat(24)}  1,000 / 1,000  loss 1.0`);
  });

  it('never fills the terminal line, and wipes what it drew', () => {
    const terminal = fakeTerminal(true, 20);
    const bar = new ProgressBar(terminal);
    bar.draw('a rather long task', 1, 2);
    expect(terminal.written[0]?.replace('\r\x1b[K', '')).toHaveLength(19);
    bar.clear();
    bar.clear();
    expect(terminal.written.slice(1)).toEqual(['\r\x1b[K']);
  });
});

it('draws on a terminal that does not know its width', () => {
  const terminal = fakeTerminal(true, 0);
  new ProgressBar(terminal).draw('training', 1, 2, 'a note');
  expect(terminal.written[0]).toMatch(/a note$/);
});

describe('clock', () => {
  it.each([
    [0, '0:00'],
    [72, '1:12'],
    [3599.6, '1:00:00'],
    [-1, '0:00'],
  ])('%d s is %s', (seconds, text) => expect(clock(seconds)).toBe(text));
});
