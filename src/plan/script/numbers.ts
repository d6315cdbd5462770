import type { AnyNode } from 'acorn';
import type { Places } from './places';
import type { Binding, Scopes } from './scopes';

const ARITHMETIC = ['-', '*', '/', '%', '**', '|', '&', '^', '<<', '>>', '>>>'];

/** Whether an expression is surely a number. Variables in `seen` count as such: one that is not ends the search. */
export function isNumber(node: AnyNode, scopes: Scopes, places: Places, seen = new Set<Binding>()): boolean {
  const next = (other: AnyNode) => isNumber(other, scopes, places, seen);
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'number';
    case 'UpdateExpression':
      return true;
    case 'UnaryExpression':
      return ['-', '+', '~'].includes(node.operator);
    case 'AssignmentExpression':
      if (node.operator === '=' || node.operator === '+=') return next(node.left) && next(node.right);
      return ARITHMETIC.includes(node.operator.slice(0, -1));
    case 'BinaryExpression':
      if (node.operator !== '+') return ARITHMETIC.includes(node.operator);
      return next(node.left) && next(node.right);
    case 'CallExpression': {
      const { callee } = node;
      if (callee.type === 'Identifier')
        return ['parseInt', 'parseFloat', 'Number'].includes(callee.name) && places.isGlobal(callee);
      if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return false;
      return callee.object.name === 'Math' && places.isGlobal(callee.object);
    }
    case 'Identifier': {
      const binding = scopes.bindings.get(node);
      if (binding === undefined || binding.isOpaque || binding.sources.length === 0) return false;
      if (!['let', 'const', 'var'].includes(binding.kind)) return false;
      if (seen.has(binding)) return true;
      seen.add(binding);
      return binding.sources.every(next);
    }
    default:
      return false;
  }
}
