import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * `npm test`: everything that has to hold, cheapest first; the first failure ends it. The last line
 * is the number of tests that passed and failed; a check that is no test counts when it fails.
 */

interface Counts {
  passed: number;
  failed: number;
}

interface Check {
  name: string;
  /** A program that npm has put on the path, and its arguments. */
  command: [program: string, ...args: string[]];
  /** Tests only: where the command writes its report, and how to read it. */
  report?: { path: string; count: (report: unknown) => Counts; env?: Record<string, string> };
}

const root = join(import.meta.dirname, '..');

function listChecks(reports: string): Check[] {
  const unit = join(reports, 'unit.json');
  const endToEnd = join(reports, 'end-to-end.json');
  return [
    { name: 'Types', command: ['tsc', '-b'] },
    { name: 'Lint', command: ['oxlint', '--deny-warnings'] },
    { name: 'Format', command: ['prettier', '--check', '.'] },
    { name: 'Unused code', command: ['knip'] },
    { name: 'Build', command: ['vite', 'build', '--app', '--logLevel', 'warn'] },
    { name: 'Size', command: ['tsx', join('e2e', 'size.ts')] },
    {
      name: 'Unit tests',
      command: ['vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${unit}`],
      report: { path: unit, count: countUnitTests },
    },
    {
      name: 'End-to-end tests',
      command: ['playwright', 'test', '-c', 'e2e', '--reporter=list,json'],
      report: {
        path: endToEnd,
        count: countEndToEndTests,
        env: { PLAYWRIGHT_JSON_OUTPUT_FILE: endToEnd },
      },
    },
  ];
}

function countUnitTests(report: unknown): Counts {
  const { numPassedTests, numFailedTests } = report as Record<string, number>;
  return { passed: numPassedTests ?? 0, failed: numFailedTests ?? 0 };
}

function countEndToEndTests(report: unknown): Counts {
  const { expected, unexpected, flaky } = (report as { stats: Record<string, number> }).stats;
  return { passed: expected ?? 0, failed: (unexpected ?? 0) + (flaky ?? 0) };
}

/** Runs a check; tests show what they do, of the others only a failure is worth reading. */
async function run({ command: [program, ...args], report }: Check): Promise<boolean> {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...report?.env },
    // npm's programs are scripts of the shell there.
    shell: process.platform === 'win32',
    stdio: ['ignore', report ? 'inherit' : 'pipe', report ? 'inherit' : 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) process.stdout.write(Buffer.concat(output));
  return code === 0;
}

/** What a check adds to the sums. A failure always counts, also one outside of any test. */
async function countTests(check: Check, succeeded: boolean): Promise<Counts> {
  const nothing = { passed: 0, failed: succeeded ? 0 : 1 };
  if (!check.report) return nothing;
  const text = await readFile(check.report.path, 'utf8').catch(() => null);
  if (text === null) return nothing;
  const counts = check.report.count(JSON.parse(text));
  return { passed: counts.passed, failed: Math.max(counts.failed, nothing.failed) };
}

async function runAll(reports: string): Promise<Counts> {
  const sums = { passed: 0, failed: 0 };
  for (const check of listChecks(reports)) {
    const started = performance.now();
    const succeeded = await run(check);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${succeeded ? '✓' : '✗'} ${check.name} (${seconds} s)`);
    const { passed, failed } = await countTests(check, succeeded);
    sums.passed += passed;
    sums.failed += failed;
    if (!succeeded) break;
  }
  return sums;
}

const reports = await mkdtemp(join(tmpdir(), 'webhook-console-reports-'));
try {
  const { passed, failed } = await runAll(reports);
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
} finally {
  await rm(reports, { recursive: true, force: true });
}
