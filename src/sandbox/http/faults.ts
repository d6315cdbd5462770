import { validateHeaderName, validateHeaderValue } from 'node:http';
import { commandText, UsageError } from '../../errors';
import { parsePointer, removePointer, setPointer } from '../../json-pointer';
import type { Route } from './call';
import { failure, type Reply } from './responses';
import { ROUTES } from './routes';

/** An answer with its faults: what to send, after how long, or how not to. */
export interface Delivery extends Reply {
  delayMs: number;
  end: 'answer' | 'hang' | 'reset';
}

/** A fault of one route, ready to be applied to each of its answers. */
export interface Fault {
  readonly route: Route;
  readonly apply: (delivery: Delivery) => void;
}

interface Action {
  readonly usage: string;
  readonly does: string;
  /** Reads the argument; `undefined` means that it is not of the form in `usage`. */
  readonly read: (argument: string, route: Route) => Fault['apply'] | undefined;
}

const ACTIONS: Readonly<Record<string, Action>> = {
  remove: {
    usage: 'remove POINTER',
    does: 'takes a value out of the JSON body',
    read: (pointer) =>
      isPointer(pointer) && pointer !== ''
        ? onBody((body) => {
            removePointer(body, pointer);
            return body;
          })
        : undefined,
  },
  set: {
    usage: 'set POINTER JSON',
    does: 'adds or replaces a value of the JSON body',
    read: (argument) => {
      const [pointer, text] = splitFirst(argument);
      const value = parseJson(text);
      return isPointer(pointer) && value !== undefined
        ? onBody((body) => setPointer(body, pointer, structuredClone(value.parsed)))
        : undefined;
    },
  },
  status: {
    usage: 'status CODE',
    does: 'answers with another HTTP status (200 to 599)',
    read: (code) =>
      /^[2-5]\d\d$/.test(code)
        ? (delivery) => {
            delivery.status = Number(code);
          }
        : undefined,
  },
  error: {
    usage: 'error CODE',
    does: 'answers with this error code of the API',
    read: (code, { family }) =>
      /^[a-z_]+$/.test(code)
        ? (delivery) => {
            const { status, text } = failure(family, code, 'Made by a fault of the sandbox.');
            Object.assign(delivery, { status, text });
          }
        : undefined,
  },
  'header-remove': {
    usage: 'header-remove NAME',
    does: 'leaves a header out',
    read: (name) => (isHeader(name, '') ? (delivery) => setHeader(delivery, name, undefined) : undefined),
  },
  'header-set': {
    usage: 'header-set NAME VALUE',
    does: 'adds or replaces a header',
    read: (argument) => {
      const [name, value] = splitFirst(argument);
      return value !== '' && isHeader(name, value)
        ? (delivery) => setHeader(delivery, name, value)
        : undefined;
    },
  },
  'media-type': {
    usage: 'media-type VALUE',
    does: 'answers with another Content-Type',
    read: (value) =>
      value !== '' && isHeader('Content-Type', value)
        ? (delivery) => setHeader(delivery, 'Content-Type', value)
        : undefined,
  },
  body: {
    usage: 'body TEXT',
    does: 'answers with this text instead of JSON',
    read: (text) => (delivery) => {
      delivery.text = text;
    },
  },
  delay: {
    usage: 'delay MS',
    does: 'waits before it answers',
    read: (ms) =>
      /^\d{1,9}$/.test(ms)
        ? (delivery) => {
            delivery.delayMs += Number(ms);
          }
        : undefined,
  },
  hang: { usage: 'hang', does: 'never answers', read: (rest) => (rest === '' ? ends('hang') : undefined) },
  reset: {
    usage: 'reset',
    does: 'drops the connection',
    read: (rest) => (rest === '' ? ends('reset') : undefined),
  },
};

const ROUTE_LIST = ROUTES.map((route) => `${route.method} ${route.template}`);

/** A fault that the contract of the Starter Pack catches. */
export const FAULT_EXAMPLE = 'GET /users/search remove /user/id';

/** What a fault is made of, for `--help`. */
export const FAULT_HELP = [
  'A fault is "METHOD PATH ACTION [ARGUMENT]", and holds for every answer of that route:',
  ...Object.values(ACTIONS).map(({ usage, does }) => `  ${usage.padEnd(24)}${does}`),
  'Routes:',
  ...ROUTE_LIST.map((route) => `  ${route}`),
  `For example: "${FAULT_EXAMPLE}".`,
].join('\n');

/** Reads a fault as it is written on the command line. Errors: UsageError naming the part that is wrong. */
export function parseFault(text: string): Fault {
  const [method, afterMethod] = splitFirst(text.trim());
  const [template, afterTemplate] = splitFirst(afterMethod);
  const [name, argument] = splitFirst(afterTemplate);
  const where = `fault "${text}"`;
  const route = ROUTES.find(
    (known) => known.method === method.toUpperCase() && anonymous(known.template) === anonymous(template),
  );
  if (route === undefined) {
    const close = closeTo(method, template);
    const hint = close.length > 0 ? `; close to it: ${close.join('; ')}` : '';
    throw new UsageError(
      `unknown route "${[method, template].filter((part) => part !== '').join(' ')}"`,
      where,
      `write it as "METHOD PATH ACTION [ARGUMENT]" with a route of ${commandText('sandbox --help')}${hint}`,
    );
  }
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action === undefined) {
    const known = Object.values(ACTIONS).map(({ usage }) => usage);
    throw new UsageError(
      name === '' ? 'no action' : `unknown action "${name}"`,
      where,
      `use one of: ${known.join('; ')}`,
    );
  }
  const apply = action.read(argument, route);
  if (apply === undefined) {
    throw new UsageError(`"${name}" cannot use "${argument}"`, where, `write it as: ${action.usage}`);
  }
  return { route, apply };
}

const MOST_CLOSE = 4;

/** The routes that have most words of a path in common with it; of these, those of its method first. */
function closeTo(method: string, path: string): string[] {
  const asked = wordsOf(path);
  const scored = ROUTES.map((route) => {
    const words = wordsOf(route.template);
    const shared = asked.filter((word) => words.some((one) => one.startsWith(word) || word.startsWith(one)));
    const others = words.length - shared.length + (route.method === method.toUpperCase() ? 0 : 0.5);
    return { route, shared: shared.length, others };
  });
  return scored
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared || a.others - b.others)
    .slice(0, MOST_CLOSE)
    .map(({ route }) => `${route.method} ${route.template}`);
}

/** The words of a path that tell it from others; of one letter or two there are too many. */
function wordsOf(path: string): string[] {
  return path.toLowerCase().match(/[a-z]{3,}/g) ?? [];
}

/** The answer as it is to be delivered, with every fault of its route applied in the order given. */
export function withFaults(reply: Reply, route: Route | undefined, faults: readonly Fault[]): Delivery {
  const delivery: Delivery = { ...reply, headers: { ...reply.headers }, delayMs: 0, end: 'answer' };
  for (const fault of faults) {
    if (fault.route === route) {
      fault.apply(delivery);
    }
  }
  return delivery;
}

function onBody(change: (body: unknown) => unknown): Fault['apply'] {
  return (delivery) => {
    const body = parseJson(delivery.text);
    if (body === undefined) {
      return;
    }
    try {
      delivery.text = JSON.stringify(change(body.parsed));
    } catch (error) {
      // An error envelope has no place for what a fault does to a success; it goes out as it is.
      if (!(error instanceof UsageError)) {
        throw error;
      }
    }
  };
}

function ends(end: Delivery['end']): Fault['apply'] {
  return (delivery) => {
    delivery.end = end;
  };
}

function setHeader(delivery: Delivery, name: string, value: string | undefined): void {
  for (const known of Object.keys(delivery.headers)) {
    if (known.toLowerCase() === name.toLowerCase()) {
      delete delivery.headers[known];
    }
  }
  if (value !== undefined) {
    delivery.headers[name] = value;
  }
}

function isPointer(text: string): boolean {
  try {
    parsePointer(text);
    return true;
  } catch {
    return false;
  }
}

function isHeader(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): { readonly parsed: unknown } | undefined {
  try {
    return { parsed: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function splitFirst(text: string): [first: string, rest: string] {
  const [, first = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text) ?? [];
  return [first, rest];
}

// The name of a path parameter is ours, so a fault may call it anything.
function anonymous(template: string): string {
  return template.replace(/:[^/]+/g, ':');
}
