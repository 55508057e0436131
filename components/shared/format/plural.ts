/** Sentences about a number, in the grammar of the page. */
import type { PluralForms } from '../words/words.js';
import { cached, formatValue, localeOf } from './format.js';

/**
 * The form that goes with a number, with `{count}` replaced by it: for English `one` and `other`, for Arabic all
 * six. A form that is left out is `other`.
 */
export function plural(host: Element, count: number, forms: PluralForms): string {
  const language = localeOf(host);
  const rules = cached(`${language}plural`, () => new Intl.PluralRules(language));
  const form = forms[rules.select(count)] ?? forms.other ?? '';
  return form.replace('{count}', () => formatValue(count, 'number', host));
}
