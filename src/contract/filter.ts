import { foldCase } from './fold-case';

/** What a webhook says of the events it wants. */
export interface WebhookFilter {
  enabled: boolean;
  events: readonly string[];
  environment_types_filter: readonly string[];
  project_names_filter: readonly string[];
}

/** All of a deployment event that the matcher looks at. */
export interface FilteredEvent {
  event_type: string;
  mode: string;
  project_name: string;
}

/** Whether an event reaches a webhook, and if not, the first rule that kept it out. */
export type Verdict = { matches: true } | { matches: false; rule: keyof WebhookFilter };

/**
 * Compiles a webhook's filter: the event must be of a type in `events`, its environment's mode in
 * `environment_types_filter` (empty: any), and its project's whole name must match a pattern of
 * `project_names_filter` (empty: any). The rules are asked in this order: enabled, events, environment
 * type, project name.
 *
 * @param matchesProject the compiled `project_names_filter`, for who asks about the same names again
 *   and again and remembers.
 */
export function compileFilter(
  webhook: WebhookFilter,
  matchesProject = compileProjectNames(webhook.project_names_filter),
): (event: FilteredEvent) => Verdict {
  const events = new Set(webhook.events);
  const modes = new Set(webhook.environment_types_filter);
  return (event) => {
    if (!webhook.enabled) return keptOutBy.enabled;
    if (!events.has(event.event_type)) return keptOutBy.events;
    if (modes.size > 0 && !modes.has(event.mode)) return keptOutBy.environment_types_filter;
    if (!matchesProject(event.project_name)) return keptOutBy.project_names_filter;
    return matches;
  };
}

const matches: Verdict = { matches: true };
const keptOutBy = {
  enabled: { matches: false, rule: 'enabled' },
  events: { matches: false, rule: 'events' },
  environment_types_filter: { matches: false, rule: 'environment_types_filter' },
  project_names_filter: { matches: false, rule: 'project_names_filter' },
} as const satisfies Record<keyof WebhookFilter, Verdict>;

/**
 * Compiles `project_names_filter`: `*` in a pattern stands for any run of characters, also none;
 * everything else for itself in any case. No patterns: every name matches.
 */
export function compileProjectNames(patterns: readonly string[]): (name: string) => boolean {
  if (patterns.length === 0) return () => true;
  const exact = new Set<string>();
  const wildcards: ((foldedName: string) => boolean)[] = [];
  for (const pattern of patterns) {
    const folded = foldCase(pattern);
    if (folded.includes('*')) wildcards.push(compileWildcard(folded));
    else exact.add(folded);
  }
  return (name) => {
    const folded = foldCase(name);
    return exact.has(folded) || wildcards.some((isMatch) => isMatch(folded));
  };
}

/**
 * The pieces between the stars, found from left to right, each at its leftmost place: no backtracking
 * is needed, and the time is linear in the length of the name.
 */
function compileWildcard(foldedPattern: string): (foldedName: string) => boolean {
  const pieces = foldedPattern.split('*');
  const start = pieces[0] ?? '';
  const end = pieces.at(-1) ?? '';
  const middle = pieces
    .slice(1, -1)
    .filter((piece) => piece !== '')
    .map((piece) => ({ length: piece.length, find: compileSearch(piece) }));
  return (name) => {
    if (name.length < start.length + end.length) return false;
    if (!name.startsWith(start) || !name.endsWith(end)) return false;
    const limit = name.length - end.length;
    let from = start.length;
    for (const piece of middle) {
      const at = piece.find(name, from, limit);
      if (at < 0) return false;
      from = at + piece.length;
    }
    return true;
  };
}

/**
 * Searches a piece (not empty) by Knuth, Morris and Pratt: `indexOf` takes quadratic time on names
 * such as `aaaa…` that people do not have, but attackers do.
 */
function compileSearch(piece: string): (text: string, from: number, limit: number) => number {
  const borders = bordersOf(piece);
  const first = piece.charAt(0);
  return (text, from, limit) => {
    let matched = 0;
    for (let i = from; i < limit; i += 1) {
      if (matched === 0) {
        // The engine finds a single character much faster than we do, and looks at none twice.
        i = text.indexOf(first, i);
        if (i < 0 || i >= limit) return -1;
      }
      const code = text.charCodeAt(i);
      while (matched > 0 && code !== piece.charCodeAt(matched)) matched = borders[matched - 1] ?? 0;
      if (code === piece.charCodeAt(matched)) matched += 1;
      if (matched === piece.length) return i - piece.length + 1;
    }
    return -1;
  };
}

/** For each prefix of the piece, the length of the longest shorter prefix that also ends it. */
function bordersOf(piece: string): number[] {
  const borders = [0];
  let length = 0;
  for (let i = 1; i < piece.length; i += 1) {
    while (length > 0 && piece[i] !== piece[length]) length = borders[length - 1] ?? 0;
    if (piece[i] === piece[length]) length += 1;
    borders.push(length);
  }
  return borders;
}
