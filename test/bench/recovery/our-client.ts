/** One of our clients after an outage: the machine of src/connection, driven as connection-runner.ts drives it. */
import { backoffFloor } from '../../../src/connection/backoff.js';
import { initialModel } from '../../../src/connection/connection-model.js';
import type { ConnectionModel, Input, MachineSettings } from '../../../src/connection/connection-model.js';
import { transition } from '../../../src/connection/transition.js';
import { resolveOptions } from '../../../src/options.js';
import type { Outage } from './outage.js';

const settings: MachineSettings = { ...resolveOptions('key', { cluster: 'mt1' }), backoffFloor };

/** The times of its attempts, in milliseconds from the loss; the last one succeeds. */
export function ourAttempts({ code, backAt }: Outage, random: () => number): number[] {
  const attempts: number[] = [];
  let now = 0;
  let model: ConnectionModel = {
    ...initialModel(true),
    state: 'connected',
    activity: 'open',
    generation: 1,
    hasBeenConnected: true,
  };
  const inputs: Input[] = [];
  const close = (why: number): Input => ({
    type: 'closed',
    generation: model.generation,
    code: why,
    reason: '',
    wasClean: false,
  });
  const drain = (): void => {
    for (let input; (input = inputs.shift());) {
      const facts = {
        now,
        random: random(),
        reconnectAutomatically: true,
        reconnectDelay: undefined,
        isOffline: false,
        isSupported: true,
        settings,
      };
      const step = transition(model, input, facts);
      model = step.model;
      for (const effect of step.effects)
        if (effect.type === 'next') inputs.push(effect.input);
        else if (effect.type === 'ask-connect')
          inputs.push({ type: 'connect-answer', generation: effect.generation, isAllowed: true });
        else if (effect.type === 'plan')
          inputs.push({
            type: 'plan-answer',
            generation: effect.generation,
            isAllowed: true,
            delay: effect.plan.delay,
          });
        else if (effect.type === 'open') {
          attempts.push(now);
          if (now >= backAt) return;
          inputs.push(close(1006)); // refused at once
        }
    }
  };
  inputs.push(close(code));
  drain();
  while (attempts.length === 0 || attempts.at(-1)! < backAt) {
    now = Math.min(...[model.retryAt, model.unavailableAt, model.connectBy].map((at) => at ?? Infinity));
    if (now === Infinity) throw new Error(`The machine waits for nothing, ${model.activity}.`);
    inputs.push({ type: 'wake' });
    drain();
  }
  return attempts;
}
