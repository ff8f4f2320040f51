import { compileFilter, type FilteredEvent, type WebhookFilter } from '../contract/filter';
import { foldCase } from '../contract/fold-case';

/** A filter in the index, and whose it is. */
interface Entry<Owner> {
  owner: Owner;
  matches: (event: FilteredEvent) => boolean;
}

type Bucket<Owner> = Map<string, Entry<Owner>>;

/**
 * Finds the filters that an event may meet, without asking all of them: by its project's name, by
 * what stands before the first star of a pattern, and, where a filter takes any project, by event type
 * and mode. `compileFilter` has the last word on each of them.
 */
export class FilterIndex<Owner> {
  private readonly buckets = new Map<string, Bucket<Owner>>();
  /** In which buckets a filter is. */
  private readonly keys = new Map<string, ReadonlySet<string>>();
  /** How many buckets there are for what stands before a star, by its length. */
  private readonly prefixLengths = new Map<number, number>();

  /** Puts a filter in, in place of the one with the same id. */
  set(id: string, filter: WebhookFilter, owner: Owner): void {
    this.delete(id);
    const verdict = compileFilter(filter);
    const entry = { owner, matches: (event: FilteredEvent) => verdict(event).matches };
    const keys = new Set(keysOf(filter));
    this.keys.set(id, keys);
    for (const key of keys) this.bucketOf(key).set(id, entry);
  }

  /** Takes a filter out, if it is there. */
  delete(id: string): void {
    for (const key of this.keys.get(id) ?? []) {
      const bucket = this.buckets.get(key);
      bucket?.delete(id);
      if (bucket?.size === 0) this.dropBucket(key);
    }
    this.keys.delete(id);
  }

  /** Those that an event meets, each once, in no order. */
  *find(event: FilteredEvent): Generator<Owner> {
    const seen = new Set<string>();
    for (const key of this.keysFor(event)) {
      for (const [id, { owner, matches }] of this.buckets.get(key) ?? []) {
        if (seen.has(id) || !matches(event)) continue;
        seen.add(id);
        yield owner;
      }
    }
  }

  private *keysFor({ event_type, mode, project_name }: FilteredEvent): Generator<string> {
    yield anyProject(event_type, mode);
    yield anyProject(event_type, anyMode);
    const name = foldCase(project_name);
    yield wholeName(name);
    for (const length of this.prefixLengths.keys()) {
      if (length <= name.length) yield beforeStar(name.slice(0, length));
    }
  }

  private bucketOf(key: string): Bucket<Owner> {
    const known = this.buckets.get(key);
    if (known) return known;
    const bucket: Bucket<Owner> = new Map();
    this.buckets.set(key, bucket);
    this.countPrefix(key, 1);
    return bucket;
  }

  private dropBucket(key: string): void {
    this.buckets.delete(key);
    this.countPrefix(key, -1);
  }

  private countPrefix(key: string, change: 1 | -1): void {
    const length = prefixLengthOf(key);
    if (length === null) return;
    const count = (this.prefixLengths.get(length) ?? 0) + change;
    if (count > 0) this.prefixLengths.set(length, count);
    else this.prefixLengths.delete(length);
  }
}

const anyMode = '*';
const star = 'before star ';
const anyProject = (eventType: string, mode: string) => `any project ${eventType} ${mode}`;
const wholeName = (folded: string) => `whole name ${folded}`;
const beforeStar = (folded: string) => star + folded;

function prefixLengthOf(key: string): number | null {
  return key.startsWith(star) ? key.length - star.length : null;
}

function keysOf({ enabled, ...filter }: WebhookFilter): string[] {
  if (!enabled) return [];
  if (filter.project_names_filter.length > 0) {
    return filter.project_names_filter.map((pattern) => {
      const [beginning = '', ...rest] = foldCase(pattern).split('*');
      return rest.length === 0 ? wholeName(beginning) : beforeStar(beginning);
    });
  }
  const modes =
    filter.environment_types_filter.length > 0 ? filter.environment_types_filter : [anyMode];
  return filter.events.flatMap((type) => modes.map((mode) => anyProject(type, mode)));
}
