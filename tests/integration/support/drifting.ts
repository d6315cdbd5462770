import { type Sandbox, startSandbox } from 'driftgate/sandbox';
import { CANARIES, type CliResult, makeProjectWithSchemas, type TestProject } from './project';

/** A customer is made before the request and removed after it. */
const AROUND = ['customers/create-customer', 'account-administration/delete-customer'];

/** A project with schemas of its own for each test of a file, and runs of one request of it against a sandbox that drifts. */
export class Drifting {
  project!: TestProject;
  sandbox: Sandbox | undefined;

  constructor(readonly key: string) {
    beforeEach(() => {
      this.project = makeProjectWithSchemas([key, ...AROUND]);
    });
    afterEach(async () => {
      this.project.remove();
      await this.sandbox?.close();
    });
  }

  /** Starts the sandbox with these faults; gives what runs the request with further words. */
  async start(...faults: string[]): Promise<(...argv: string[]) => Promise<CliResult>> {
    const running = await startSandbox({ faults, variables: CANARIES });
    this.sandbox = running;
    return (...argv) => this.project.run('run', '--only', this.key, '--target', running.origin, ...argv);
  }
}
