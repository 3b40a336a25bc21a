import { browserEnvironment } from '../engine/environment.browser.ts';
import { serveBench } from './bench.ts';
import type { PortLike } from './channel.ts';

// A worker's global scope is a port to the page that started it; TypeScript's DOM library takes it for a window.
declare const self: PortLike;

serveBench(self, browserEnvironment());
