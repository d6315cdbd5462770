import { bodyChangesType } from '../../../src/types/body-type';

const raw = (text: string) => bodyChangesType({ mode: 'raw', raw: text });

test.each([
  ['{"a": "x", "b-c": 1}', '{\n  readonly a?: string | null;\n  readonly "b-c"?: number | null;\n}'],
  ['{"a": {"b": true}}', '{\n  readonly a?: {\n    readonly b?: boolean | null;\n  } | null;\n}'],
  ['{"a": ["x", 1]}', '{\n  readonly a?: readonly (string | number)[] | null;\n}'],
  ['{"a": [], "b": null}', '{\n  readonly a?: readonly unknown[] | null;\n  readonly b?: unknown;\n}'],
  ['{"a": {{amount}}, "b": "{{name}}"}', '{\n  readonly a?: unknown;\n  readonly b?: string | null;\n}'],
  ['{"a": [{{x}}, {{y}}]}', '{\n  readonly a?: readonly (unknown)[] | null;\n}'],
  ['{}', '{ readonly [name: string]: unknown }'],
  ['<a/>', 'never'],
])('%s may be changed as %s', (text, type) => {
  expect(raw(text)).toBe(type);
});

test('a form, and no body, cannot be changed', () => {
  expect(bodyChangesType({ mode: 'urlencoded', urlencoded: [] })).toBe('never');
  expect(bodyChangesType(null)).toBe('never');
});
