import { answerTask, type SoundAnswer, type SoundTask } from '../data/sound/threads.ts';
import { openChannel, type PortLike } from './channel.ts';

declare const self: PortLike;

const channel = openChannel<SoundAnswer, SoundTask>(self);
channel.listen((task) => void answerTask(task, (answer) => channel.send(answer)));
