/**
 * Commands from buttons without script: `<button commandfor="id" command="--retry">`. Where the browser has
 * no invoker commands, a click on such a button does the same.
 */

/** Command name, with its two dashes → what to do. */
export type Commands = Readonly<Record<string, () => void>>;

const hasInvokerCommands = (): boolean => 'commandForElement' in HTMLButtonElement.prototype;

/** Obeys commands for `element` until `signal` aborts. Call it each time the element is connected. */
export function obeyCommands(element: HTMLElement, commands: Commands, signal: AbortSignal): void {
  const obey = (command: string | null | undefined): void => {
    const name = command?.trim().toLowerCase() ?? '';
    if (Object.hasOwn(commands, name)) commands[name]?.();
  };
  element.addEventListener(
    'command',
    (event) => {
      if (event.target === element) obey((event as Event & { command?: string }).command);
    },
    { signal },
  );
  if (hasInvokerCommands()) return;
  element.getRootNode().addEventListener(
    'click',
    (event) => {
      const button = event.target instanceof Element ? event.target.closest('button[commandfor]') : null;
      if (!(button instanceof HTMLButtonElement) || button.disabled || event.defaultPrevented) return;
      if (!element.id || button.getAttribute('commandfor') !== element.id) return;
      if (button.form) {
        // In a form, as where commands are built in: without a type it does nothing, and does not submit.
        if (!button.hasAttribute('type')) event.preventDefault();
        if (button.getAttribute('type')?.toLowerCase() !== 'button') return;
      }
      obey(button.getAttribute('command'));
    },
    { signal },
  );
}
