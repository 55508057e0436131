/** What a form or a single control says, as an object. */
import { warnOnce } from '../shared/dev-warning.js';

export type Fields = Record<string, unknown>;

/** What is to be sent, and the form that it comes from. */
export interface Draft {
  readonly data: unknown;
  readonly form?: HTMLFormElement;
}

/** Tokens that prove to the site who asks: `_token`, `csrf_token`, `_wpnonce`, `__RequestVerificationToken`. */
const token = /csrf|nonce|^_token$|authenticity_?token|verificationtoken/i;

/** Passwords and tokens are for the page's own server, and never for everybody on a channel. */
function secretNames(form: HTMLFormElement): Set<string> {
  const inputs = [...form.querySelectorAll('input')];
  return new Set(
    inputs.filter(({ type, name }) => type === 'password' || token.test(name)).map(({ name }) => name),
  );
}

/** The entries that a submission would have. Several of one name become an array; files are left out. */
function formFields(
  host: Element,
  form: HTMLFormElement,
  submitter: HTMLElement | null,
  isPublic: boolean,
): Fields {
  const secrets = isPublic ? secretNames(form) : undefined;
  const fields = new Map<string, unknown>();
  for (const [name, value] of new FormData(form, submitter)) {
    if (typeof value !== 'string')
      warnOnce(host, `the file of the field "${name}" is left out. Upload it, and send its address.`);
    else if (secrets?.has(name))
      warnOnce(
        host,
        `the field "${name}" is left out, because everybody on the channel would get it. Write post-url="…" to send it to your server.`,
      );
    else {
      const earlier = fields.get(name);
      fields.set(name, earlier === undefined ? value : [earlier, value].flat());
    }
  }
  return Object.fromEntries(fields);
}

/** The fields of a form, or the one of a control that has a name. `isPublic`: others than the page's own server get them. */
export function readFields(
  host: Element,
  source: Element | null | undefined,
  submitter: HTMLElement | null,
  isPublic: boolean,
): Fields {
  if (source instanceof HTMLFormElement) return formFields(host, source, submitter, isPublic);
  const {
    name,
    value,
    type = '',
    checked,
    selectedOptions,
  } = (source ?? {}) as Partial<HTMLInputElement & HTMLSelectElement>;
  if (!name || typeof value !== 'string' || ['file', 'password'].includes(type)) return {};
  if (type === 'select-multiple')
    return { [name]: [...(selectedOptions ?? [])].map((option) => option.value) };
  return /^(checkbox|radio)$/.test(type) && !checked ? {} : { [name]: value };
}

/** Returns what empties the form, unless something else has been written into it by then. */
export function prepareReset({ form }: Draft): () => void {
  if (!form) return () => undefined;
  const read = (): string => JSON.stringify([...new FormData(form)]);
  const before = read();
  return () => {
    // By the class, because a field may be named `reset`.
    if (read() === before) HTMLFormElement.prototype.reset.call(form);
  };
}
