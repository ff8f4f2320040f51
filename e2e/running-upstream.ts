import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import type { Contents } from '../src/server/qovery/test-stand-in-state';
import type { Control, SeenRequest } from '../src/server/qovery/test-stand-in-upstream';

const program = join(import.meta.dirname, 'qovery-upstream.ts');

/** The stand-in for the Qovery API in a process of its own, which ends with this one. */
export class RunningUpstream {
  readonly #child: ChildProcess;

  private constructor(
    child: ChildProcess,
    readonly url: string,
    /** What it asks for. */
    readonly token: string,
  ) {
    this.#child = child;
  }

  static async start(token: string): Promise<RunningUpstream> {
    const child = spawn(process.execPath, ['--import', 'tsx', program], {
      env: { PATH: process.env['PATH'], QOVERY_API_TOKEN: token },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    if (!child.stdout) throw new Error('The stand-in has no output.');
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /http:\S+/.exec(line.toString())?.[0];
    if (url === undefined) throw new Error(`The stand-in said ${line.toString()}`);
    return new RunningUpstream(child, url, token);
  }

  /** Tells it what to have and how to behave; gives what it was asked so far, and what it has. */
  async control(order: Control = {}): Promise<{ requests: SeenRequest[]; contents: Contents }> {
    const body = JSON.stringify(order);
    const answer = await fetch(`${this.url}/_control`, { method: 'POST', body });
    return (await answer.json()) as { requests: SeenRequest[]; contents: Contents };
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
