/** Results for reading. */
import type { Contestant, Summary } from './results.js';

const digits = (number: number): string =>
  number === 0 || Math.abs(number) >= 100 ? number.toFixed(0) : number.toPrecision(3);
const ratioText = (number: number | undefined): string => (number === undefined ? '' : number.toFixed(2));

function cell({ medians, spreads }: Summary, name: Contestant): string {
  const value = medians[name];
  if (value === undefined) return '';
  const around = spreads[name] ?? 0;
  return `${digits(value)}${around >= 0.005 ? ` ±${(around * 100).toFixed(0)}%` : ''}`;
}

const heads = [
  'row',
  'what',
  'where',
  'unit',
  'ours',
  'pusher-js',
  'floor',
  '× pusher-js',
  'of floor',
  'pusher-js of floor',
];

export function table(summaries: readonly Summary[]): string {
  const lines = summaries.map((summary) => [
    String(summary.row),
    summary.what,
    summary.where,
    summary.unit,
    cell(summary, 'ours'),
    cell(summary, 'peer'),
    cell(summary, 'floor'),
    ratioText(summary.timesPeer),
    ratioText(summary.ofFloor),
    ratioText(summary.peerOfFloor),
  ]);
  const widths = heads.map((head, at) => Math.max(head.length, ...lines.map((line) => line[at]!.length)));
  const pad = (text: string, at: number): string =>
    at < 4 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!);
  const join = (line: readonly string[]): string => `| ${line.map(pad).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at < 4 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [join(heads), rule, ...lines.map(join)].join('\n');
}
