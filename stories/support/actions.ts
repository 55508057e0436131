/** What the buttons under a story do to its server and its network. */
import type { Scene } from './scene.js';

export interface Action {
  /** What is on the button; it says what a press does next. */
  readonly label: (scene: Scene) => string;
  readonly run: (scene: Scene) => void;
}

export const drop: Action = {
  label: () => 'Drop the socket',
  run: (scene) => {
    scene.drop();
  },
};

export const stopOrStart: Action = {
  label: (scene) => (scene.isStopped ? 'Start the server' : 'Stop the server'),
  run: (scene) => {
    if (scene.isStopped) scene.start();
    else scene.stop();
  },
};

export const refuse: Action = {
  label: (scene) => (scene.isFull ? 'Accept again' : 'Refuse with 4004'),
  run: (scene) => {
    if (scene.isFull) scene.makeRoom();
    else scene.fill();
  },
};

export const goOfflineOrOnline: Action = {
  label: (scene) => (scene.isOffline ? 'Go online' : 'Go offline'),
  run: (scene) => {
    if (scene.isOffline) scene.goOnline();
    else scene.goOffline();
  },
};

export const slowDown: Action = {
  label: (scene) => (scene.isSlow ? 'Make it fast' : 'Make it slow'),
  run: (scene) => {
    scene.slowDown(!scene.isSlow);
  },
};

export const publish: Action = {
  label: () => 'Publish an event',
  run: (scene) => {
    scene.publish();
  },
};

/** The same, to a channel of another name. */
export const publishTo = (channel: string): Action => ({
  label: publish.label,
  run: (scene) => {
    scene.publish(undefined, channel);
  },
});

/** Everything that can go wrong with a connection, and its cure. */
export const connectionActions: readonly Action[] = [drop, stopOrStart, refuse, goOfflineOrOnline, slowDown];
