import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import Ajv04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { SaxesParser } from 'saxes';
import { buildReport } from '../../../src/report/build';
import type { Report, ReportRequest } from '../../../src/report/report';
import sarifSchema from './fixtures/sarif-2.1.0-rtm.5.json';
import { healthy } from './reports';

/** What a test reads out of a format, to compare it with what the report says. */
export interface Counts {
  readonly requests: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** An element of parsed XML. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** A strict parse: whatever is not well-formed throws. */
export function parseXml(text: string): Element {
  const parser = new SaxesParser();
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const top = (): Element => open.at(-1) ?? root;
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = {
      name,
      attributes: attributes as Record<string, string>,
      children: [],
      text: '',
    };
    top().children.push(element);
    open.push(element);
  });
  parser.on('text', (part) => {
    top().text += part;
  });
  parser.on('cdata', () => {
    throw new Error('CDATA, where text is enough');
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(text).close();
  const [first] = root.children;
  if (first === undefined) throw new Error('no element');
  return first;
}

/** All elements of a name, in order. */
export function elements(of: Element, name: string): Element[] {
  return of.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elements(child, name)]);
}

/** A report as a run makes it, with the summary and verdict that its rows give. */
export function built(rows: readonly ReportRequest[], run: Partial<Report['run']> = {}): Report {
  return buildReport(
    { run: { ...healthy.run, ...run }, collection: healthy.collection },
    rows.map((row, order) => ({ row, order })),
  );
}

// One pattern of the official schema is none with the flag `u`.
const isSarif = addFormats(new Ajv04({ strict: false, unicodeRegExp: false })).compile(sarifSchema);
const ctrfSchema = join(dirname(require.resolve('ctrf')), 'ctrf-schema-0.0.json');
const isCtrf = addFormats(new Ajv({ strict: false })).compile(
  JSON.parse(readFileSync(ctrfSchema, 'utf8')) as object,
);

/** What the official schema of SARIF 2.1.0 holds against a text. */
export function sarifFaults(text: string): unknown[] {
  return faults(isSarif, text);
}

/** What the schema that the makers of CTRF publish holds against a text. */
export function ctrfFaults(text: string): unknown[] {
  return faults(isCtrf, text);
}

function faults(validate: ValidateFunction, text: string): unknown[] {
  validate(JSON.parse(text));
  return validate.errors ?? [];
}
