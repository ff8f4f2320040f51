import { compileProjectNames } from '../../contract/filter';
import { foldCase } from '../../contract/fold-case';

/** What decides whether two webhooks can get the same deployment event. */
export interface OverlapSide {
  target_url: string;
  events: readonly string[];
  environment_types_filter: readonly string[];
  project_names_filter: readonly string[];
}

/**
 * The others that call the same URL as `webhook` and can get an event that it gets: its receiver
 * would be told twice. In the order of `others`; empty as long as the URL is none.
 */
export function overlapping<T extends OverlapSide>(
  webhook: OverlapSide,
  others: readonly T[],
): readonly T[] {
  const target = targetOf(webhook.target_url);
  if (target === null) return [];
  return others.filter(
    (other) => targetOf(other.target_url) === target && canGetTheSame(webhook, other),
  );
}

/** Whether there can be an event that passes the filters of both. */
function canGetTheSame(a: OverlapSide, b: OverlapSide): boolean {
  return (
    a.events.some((event) => b.events.includes(event)) &&
    modesMeet(a.environment_types_filter, b.environment_types_filter) &&
    projectsMeet(a.project_names_filter, b.project_names_filter)
  );
}

/** An empty filter takes everything. */
function modesMeet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === 0 || b.length === 0 || a.some((mode) => b.includes(mode));
}

function projectsMeet(a: readonly string[], b: readonly string[]): boolean {
  if (a.length === 0 || b.length === 0) return true;
  const isWildcard = (pattern: string) => pattern.includes('*');
  const [matchesA, matchesB] = [compileProjectNames(a), compileProjectNames(b)];
  if (a.some((name) => !isWildcard(name) && matchesB(name))) return true;
  if (b.some((name) => !isWildcard(name) && matchesA(name))) return true;
  const wildcardsOfB = b.filter(isWildcard).map(endsOf);
  return a
    .filter(isWildcard)
    .map(endsOf)
    .some((ends) => wildcardsOfB.some((others) => endsMeet(ends, others)));
}

interface Ends {
  start: string;
  end: string;
}

/** What a name has to start and to end with. */
function endsOf(pattern: string): Ends {
  const folded = foldCase(pattern);
  return {
    start: folded.slice(0, folded.indexOf('*')),
    end: folded.slice(folded.lastIndexOf('*') + 1),
  };
}

/**
 * Whether a name can have both starts and both ends. What stands between two stars never keeps two
 * patterns apart: a name may hold the pieces of both.
 */
function endsMeet(a: Ends, b: Ends): boolean {
  const startsMeet = a.start.startsWith(b.start) || b.start.startsWith(a.start);
  return startsMeet && (a.end.endsWith(b.end) || b.end.endsWith(a.end));
}

const urlParts = /^(https?):\/\/([^/?#\s]+)([^#]*)/i;
const defaultPorts: Record<string, string> = { http: ':80', https: ':443' };

/**
 * A URL so that two that are the same in all but spelling read the same; null if it is none. By hand,
 * since it is asked for each of 10,000 rows while somebody types.
 */
function targetOf(url: string): string | null {
  const [, rawScheme, rawHost, path] = urlParts.exec(url.trim()) ?? [];
  if (rawScheme === undefined || rawHost === undefined) return null;
  const scheme = rawScheme.toLowerCase();
  const host = rawHost.toLowerCase();
  const port = defaultPorts[scheme] ?? '';
  const shortHost = host.endsWith(port) ? host.slice(0, -port.length) : host;
  return `${scheme}://${shortHost}${path?.startsWith('/') ? path : `/${path ?? ''}`}`;
}
