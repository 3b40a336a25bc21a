/** What the parts of the controller share: the store, and the ends of the workers. */
import type {
  BenchClient,
  HomeClient,
  LoaderClient,
  OnCrash,
  RobustnessClient,
  StudyClient,
  TrainerClient,
  WeightsClient,
} from '../../worker/client.ts';
import type { AppStore } from '../store/store.ts';

export interface WorkerStarters {
  startTrainer(onCrash: OnCrash): TrainerClient;
  startLoader(onCrash: OnCrash): LoaderClient;
  startBench(onCrash: OnCrash): BenchClient;
  startStudy(onCrash: OnCrash): StudyClient;
  startRobustness(onCrash: OnCrash): RobustnessClient;
  startHome(onCrash: OnCrash): HomeClient;
  startWeights(onCrash: OnCrash): WeightsClient;
}

export interface Workplace extends WorkerStarters {
  store: AppStore;
}
