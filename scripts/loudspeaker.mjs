/** A loudspeaker for tests: PulseAudio with one that writes what it is given into a pipe. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findProgram } from './browsers.mjs';

/** The rate of the project's sounds: nothing is resampled on the way. */
export const LOUDSPEAKER_RATE = 16_000;
const BLOCK_SECONDS = 0.05;

/** @returns {string | undefined} path of PulseAudio, or undefined when there is none */
export const findPulseAudio = () => findProgram('PULSEAUDIO_PATH', ['pulseaudio']);

/**
 * @typedef {{
 *   server: string,
 *   take(): Float32Array,
 *   end(): Promise<void>,
 * }} Loudspeaker `server`: what PULSE_SERVER is to be; `take`: what was given since the last time, one channel, -1 to 1
 */

/**
 * @param {string} program
 * @returns {Promise<Loudspeaker>}
 */
export async function startLoudspeaker(program) {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchwork-'));
  const [pipe, socket] = [path.join(folder, 'out.raw'), path.join(folder, 'socket')];
  const modules = [
    `module-pipe-sink sink_name=out file=${pipe} format=s16le rate=${LOUDSPEAKER_RATE} channels=1`,
    `module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
  ];
  const own = { HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder };
  const daemon = spawn(
    program,
    [
      '-n',
      '--daemonize=no',
      '--use-pid-file=no',
      '--disable-shm=yes',
      '--exit-idle-time=-1',
      ...modules.flatMap((one) => ['-L', one]),
    ],
    { env: { ...process.env, ...own }, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  /** @type {Buffer[]} */
  const given = [];
  const reading = listen(await openPipe(pipe), given);
  return {
    server: `unix:${socket}`,
    take() {
      const bytes = Buffer.concat(given.splice(0));
      return Float32Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i) / 32_768);
    },
    async end() {
      daemon.kill();
      await Promise.all([ended, reading]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The daemon makes it a moment after its start.
 *
 * @param {string} pipe
 */
async function openPipe(pipe) {
  for (let tries = 0; ; tries++) {
    try {
      return await open(pipe, 'r');
    } catch (error) {
      if (tries > 100) throw error;
      await wait(50);
    }
  }
}

/**
 * Reads as fast as sound passes, which is what makes the daemon keep time.
 *
 * @param {import('node:fs/promises').FileHandle} handle
 * @param {Buffer[]} given
 */
async function listen(handle, given) {
  const block = Buffer.alloc(2 * LOUDSPEAKER_RATE * BLOCK_SECONDS);
  let at = performance.now();
  for (;;) {
    const { bytesRead } = await handle.read(block, 0, block.length);
    if (bytesRead === 0) break;
    given.push(Buffer.from(block.subarray(0, bytesRead)));
    // Nothing comes while nobody plays: that is not caught up with.
    at = Math.max(at, performance.now()) + (1000 * bytesRead) / 2 / LOUDSPEAKER_RATE;
    await wait(Math.max(0, at - performance.now()));
  }
  await handle.close();
}
