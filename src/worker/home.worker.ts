import { browserEnvironment } from '../engine/environment.browser.ts';
import type { PortLike } from './channel.ts';
import { serveHome } from './home.ts';

// A worker's global scope is a port to the page that started it; TypeScript's DOM library takes it for a window.
declare const self: PortLike;

serveHome(self, browserEnvironment());
