import { browserEnvironment } from '../engine/environment.browser.ts';
import type { PortLike } from './channel.ts';
import { drawnCache } from './drawnCache.ts';
import { serveTrainer } from './trainer.ts';

// A worker's global scope is a port to the page that started it; TypeScript's DOM library takes it for a window.
declare const self: PortLike;

serveTrainer(self, browserEnvironment(), { shelf: drawnCache(location.href) });
