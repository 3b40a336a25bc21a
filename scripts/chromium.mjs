/** How Chromium is started for the tests. */
import { findBrowser } from './browsers.mjs';

/** Software WebGPU for a machine without a GPU; nothing that talks to the network by itself. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--disable-gpu-watchdog',
];

/** @returns {string | undefined} path of the program, or undefined when there is none */
export const findChromium = () => findBrowser('chromium');
