import type { ObjectiveName } from '../config/objectives.ts';
import { jigsawObserver } from './jigsawObserver.ts';
import type { Observer } from './observer.ts';
import type { Run } from './run.ts';

export const OBSERVERS: Readonly<Record<ObjectiveName, (run: Run) => Observer>> = { mp3: jigsawObserver };
