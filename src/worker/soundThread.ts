/** A thread of Node that decodes sounds (`soundThreads.node.ts`). */
import { parentPort } from 'node:worker_threads';
import { answerTask, type SoundTask } from '../data/sound/threads.ts';

const port = parentPort;
port?.on('message', (task: SoundTask) => void answerTask(task, (answer) => port.postMessage(answer)));
