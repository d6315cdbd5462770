import { VariableScope } from '../../../../../src/variables/scope';
import { item, requestOf, script } from '../../../collections';
import { NO_SERVICES, newOutcome } from './outcome';

// What the validator of the sandbox keeps from one script to the next must never show: the sandbox as it comes is the oracle.
const { ScriptHost } = jest.requireActual<typeof import('../../../../../src/runner/typed/scripts/host')>(
  '../../../../../dist/runner/typed/scripts/host',
);

interface Sandbox {
  on(event: string, listener: (cursor: object, assertions: Told[]) => void): void;
  execute(source: string, options: object, done: (error: unknown) => void): void;
  dispose(): void;
}
interface Told {
  readonly name: string;
  readonly passed: boolean;
  readonly error: { readonly message: string } | null;
}

const CONTEXT = {
  response: { code: 200, header: [], stream: { type: 'Base64', data: btoa('{"id":1,"more":{"n":"x"}}') } },
};
const META = 'http://json-schema.org/draft-07/schema#';

/** Scripts that hold the response, or a value of their own, to schemas. */
const CHECKS: readonly string[] = [
  'pm.response.to.have.jsonSchema({ type: "object", required: ["id"] })',
  'pm.response.to.have.jsonSchema({ required: ["id"], type: "object" })',
  'pm.response.to.have.jsonSchema({ properties: { id: { type: "string" }, more: { required: ["a", "b"] } } })',
  'pm.response.to.have.jsonSchema({ properties: { id: { type: "string" }, more: { required: ["a", "b"] } } }, { allErrors: false })',
  'pm.response.to.have.jsonSchema({ properties: { id: { type: "string" } } }, { verbose: true })',
  'pm.response.to.not.have.jsonSchema({ type: "array" })',
  'pm.response.to.not.have.jsonSchema({ type: "object" })',
  'pm.response.to.have.jsonSchema({ $id: "https://api.example.test/one", type: "object" })',
  'pm.response.to.have.jsonSchema({ $id: "https://api.example.test/one", type: "array" })',
  'pm.response.to.have.jsonSchema({ $ref: "https://api.example.test/one" })',
  'pm.response.to.have.jsonSchema({ $ref: "https://api.example.test/none" })',
  `pm.expect({ type: "object" }).to.have.jsonSchema({ $ref: "${META}" })`,
  `pm.expect({ type: "nothing" }).to.have.jsonSchema({ $ref: "${META}" })`,
  `pm.expect({ type: 1 }).to.have.jsonSchema({ $id: "${META}", type: "array" })`,
  'pm.response.to.have.jsonSchema({ $schema: "http://json-schema.org/draft-04/schema#", type: "object" })',
  'pm.response.to.have.jsonSchema({ type: "nothing" })',
  'pm.response.to.have.jsonSchema({ properties: 1 }, { validateSchema: false })',
  'pm.response.to.have.jsonSchema({ properties: { id: { format: "odd" } } })',
  'pm.expect({ id: 3 }).to.have.jsonSchema({ properties: { id: { even: true } } })',
  'pm.expect("3").to.have.jsonSchema({ format: "odd" }, { formats: { odd: /[13579]$/ } })',
  'pm.expect("4").to.have.jsonSchema({ format: "odd" }, { formats: { odd: /[13579]$/ } })',
  'pm.expect("4").to.have.jsonSchema({ format: "odd" }, { formats: { odd: /[02468]$/ } })',
  'pm.response.to.have.jsonSchema(true)',
  'pm.response.to.have.jsonSchema()',
  'pm.response.to.have.jsonSchema(null, null)',
  'pm.response.to.have.jsonSchema({ type: "object" }, null)',
  'pm.response.to.have.jsonSchema({ properties: { id: { $ref: "#/definitions/n" } }, definitions: { n: { type: "number" } } })',
  'pm.response.to.have.jsonSchema({ properties: { id: { $ref: "#/definitions/n" } }, definitions: { n: { type: "null" } } })',
  'const s = { enum: ["x"] }; pm.expect("x").to.have.jsonSchema(s); s.enum.push(""); pm.expect("").to.have.jsonSchema(s)',
  'pm.expect("").to.have.jsonSchema({ enum: ["x"] })',
  'const s = { const: { a: [1] } }; pm.expect({ a: [1] }).to.have.jsonSchema(s); s.const.a.push(2)',
  'pm.expect({ a: [1, 2] }).to.have.jsonSchema({ const: { a: [1] } })',
  'pm.expect(null).to.have.jsonSchema({ enum: [null, "a"] })',
  'pm.expect(null).to.have.jsonSchema({ enum: [undefined, "a"] })',
  'pm.expect(1).to.have.jsonSchema({ maximum: Infinity })',
  'pm.expect(1).to.have.jsonSchema({ maximum: null })',
  'pm.expect(1).to.have.jsonSchema({ maximum: NaN })',
  'pm.expect(1).to.have.jsonSchema({ type: "string", toJSON: () => ({ type: "number" }) })',
  'pm.expect(1).to.have.jsonSchema(Object.create({ type: "string" }))',
  `pm.expect({}).to.have.jsonSchema({ properties: { a: { $id: "${META}" } } })`,
  'pm.expect({}).to.have.jsonSchema({ properties: { a: { $ref: "#/definitions/none" } } })',
  'const s = { type: "object" }; s.properties = { s }; pm.expect({}).to.have.jsonSchema(s)',
  'const s = { type: "object" }; pm.response.to.have.jsonSchema(s); s.type = "array"; pm.response.to.have.jsonSchema(s)',
  'const v = { a: "1" }; pm.expect(v).to.have.jsonSchema({ properties: { a: { type: "number" } } }, { coerceTypes: true }); pm.expect(v.a).to.equal(1)',
  'const v = {}; pm.expect(v).to.have.jsonSchema({ properties: { a: { default: [] } } }, { useDefaults: true }); v.a.push(1)',
  'const v = {}; pm.expect(v).to.have.jsonSchema({ properties: { a: { default: [] } } }, { useDefaults: true }); pm.expect(v.a).to.eql([])',
  'for (let n = 0; n < 250; n += 1) pm.response.to.have.jsonSchema({ properties: { id: { minimum: n % 150 - 150 } } })',
  'const Ajv = require("ajv"); const ajv = new Ajv(); pm.expect(ajv.validate({ type: "array" }, {})).to.be.true',
];
const SOURCE = CHECKS.map((check, at) => `pm.test("${at}", () => { ${check}; });`).join('\n');

async function asItComes(): Promise<Told[]> {
  const library = require('postman-sandbox') as {
    createContext(options: object, done: (error: unknown, sandbox: Sandbox) => void): void;
  };
  const sandbox = await new Promise<Sandbox>((resolve) => {
    library.createContext({}, (_error, made) => resolve(made));
  });
  const all: Told[] = [];
  sandbox.on('execution.assertion', (_cursor, told) => all.push(...told));
  await new Promise((resolve) => sandbox.execute(SOURCE, { context: CONTEXT }, resolve));
  sandbox.dispose();
  return all;
}

test('a script says of schemas what it says without it, also the second time', async () => {
  const host = new ScriptHost();
  const request = requestOf({ ...item('it'), event: [script('test', SOURCE)] });
  const ours: string[][] = [];
  for (let time = 0; time < 2; time += 1) {
    const outcome = newOutcome();
    await host.run(request, 'test', new VariableScope({}), () => CONTEXT, NO_SERVICES, outcome);
    expect(outcome.errors).toEqual([]);
    ours.push(outcome.assertions.map(({ name, passed, error }) => `${name} ${passed} ${error ?? ''}`));
  }
  host.close();
  const theirs = (await asItComes()).map(
    ({ name, passed, error }) => `${name} ${passed} ${passed ? '' : error?.message}`,
  );
  expect(theirs).toHaveLength(CHECKS.length);
  expect(theirs.filter((line) => line.includes(' true'))).not.toHaveLength(theirs.length);
  expect(ours).toEqual([theirs, theirs]);
});
