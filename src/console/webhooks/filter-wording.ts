import type { FilteredEvent, Verdict, WebhookFilter } from '../../contract/filter';
import { environmentModeName, eventTitle } from '../../contract/wording';

/*
 * What filters do, in words: for the filter tester and the dry run. Names and patterns are text
 * from outside and stand here as they are.
 */

/** What a verdict comes to, as the rest of "This event …": `kept out: environment type is Staging`. */
export function verdictWords(verdict: Verdict, event: FilteredEvent): string {
  return verdict.matches ? 'would be sent' : `kept out: ${keptOutBecause(verdict, event)}`;
}

/** The rule that decides, in words: `environment type is Staging`. */
export function keptOutBecause(
  { rule }: Extract<Verdict, { matches: false }>,
  event: FilteredEvent,
): string {
  switch (rule) {
    case 'enabled':
      return 'the webhook is disabled';
    case 'events':
      return `event is ${eventTitle(event.event_type)}`;
    case 'environment_types_filter':
      return `environment type is ${environmentModeName(event.mode)}`;
    case 'project_names_filter':
      return `no project pattern matches “${event.project_name}”`;
  }
}

/** What a rule goes by, as the rest of "kept out by …". */
export const ruleNames: Record<keyof WebhookFilter, string> = {
  enabled: 'the switch',
  events: 'event',
  environment_types_filter: 'environment type',
  project_names_filter: 'project name',
};

/** More conditions than these are counted. */
const mostConditions = 3;

/**
 * Which projects that do not exist yet `project_names_filter` will take, as a part of a sentence:
 * `any later project whose name starts with product`. Null if it takes none but those it names.
 */
export function laterProjects(patterns: readonly string[]): string | null {
  if (patterns.length === 0 || patterns.some((pattern) => /^\*+$/.test(pattern))) {
    return 'any later one';
  }
  const conditions = patterns.map(wildcardCondition).filter((each) => each !== null);
  if (conditions.length === 0) return null;
  // One alone would be counted in more words than it has.
  const shown = conditions.length > mostConditions + 1 ? mostConditions : conditions.length;
  const rest = conditions.length - shown;
  const said = conditions.slice(0, shown);
  if (rest > 0) said.push(`matches one of ${rest} more patterns`);
  return `any later project whose name ${oneOfThem(said)}`;
}

/** `product*` → `starts with product`; null for a pattern without a star, which is a name. */
function wildcardCondition(pattern: string): string | null {
  const [start = '', ...others] = pattern.split(/\*+/);
  const end = others.pop();
  if (end === undefined) return null;
  const [middle, ...more] = others;
  if (others.length === 0 && end === '') return `starts with ${start}`;
  if (others.length === 0 && start === '') return `ends with ${end}`;
  if (start === '' && end === '' && middle !== undefined && more.length === 0) {
    return `contains ${middle}`;
  }
  return `matches ${pattern}`;
}

/** `a`, `a or b`, `a, b or c` */
function oneOfThem(parts: string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} or ${last}` : last;
}
