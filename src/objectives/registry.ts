import type { ObjectiveName } from '../config/objectives.ts';
import { mp3 } from './mp3.ts';
import type { Objective } from './objective.ts';

export const OBJECTIVES: Readonly<Record<ObjectiveName, Objective>> = { mp3 };
