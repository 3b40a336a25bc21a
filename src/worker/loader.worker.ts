import { decodePicture } from '../data/decode.browser.ts';
import type { PortLike } from './channel.ts';
import { serveLoader } from './loader.ts';
import { soundThreads } from './soundThreads.ts';

// A worker's global scope is a port to the page that started it; TypeScript's DOM library takes it for a window.
declare const self: PortLike;

serveLoader(self, { picture: decodePicture, sound: soundThreads() });
