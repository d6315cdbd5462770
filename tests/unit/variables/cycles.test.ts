import { resolveText } from '../../../src/variables/resolve';
import { VariableScope } from '../../../src/variables/scope';

test.each([
  [{ s: '{{s}}' }, '{{s}}', ['s']],
  [{ a: '{{b}}', b: '{{a}}' }, '{{a}}', ['b']],
  [{ a: 'x{{none}}' }, '{{a}}', ['none']],
  [{ a: '{{b}}', b: 'c' }, '{{a}}', []],
])('%j leaves what it cannot resolve named', (values, text, unresolved) => {
  expect(resolveText(text, new VariableScope(values)).unresolved).toEqual(unresolved);
});
