import { Boxes } from 'lucide-react';
import { useState, type ReactNode } from 'react';

import { laterProjects } from './filter-wording';
import { count } from '../numbers';
import { OutcomeFailed, OutcomeLine, OutcomeLoading } from './outcome-line';
import type { MatchingProjects } from './use-matching-projects';

/** How many names stand in the sentence before one asks for all. */
const mostNames = 6;

interface FilterTesterProps {
  patterns: readonly string[];
  projects: MatchingProjects;
}

/** Which projects the patterns take: those there are, by name, and those to come. */
export function FilterTester({ patterns, projects }: FilterTesterProps) {
  const { query, matching, total } = projects;
  if (matching === null) {
    return query.isError ? (
      <OutcomeFailed query={query} what="load the projects" />
    ) : (
      <OutcomeLoading>Looking at the projects…</OutcomeLoading>
    );
  }
  return (
    <OutcomeLine icon={Boxes}>
      <Projects patterns={patterns} matching={matching} total={total} />
    </OutcomeLine>
  );
}

interface ProjectsProps {
  patterns: readonly string[];
  matching: string[];
  total: number;
}

function Projects({ patterns, matching, total }: ProjectsProps) {
  const later = laterProjects(patterns);
  if (total === 0) {
    return <p>No projects yet. The filter will take {later ?? 'only those that it names'}.</p>;
  }
  if (patterns.length === 0) {
    return (
      <p>
        {total === 1 ? 'The only project' : `All ${count(total)} projects`}, and {later}
      </p>
    );
  }
  return (
    <Names names={matching} after={later && <> — and {later}</>}>
      Matches{' '}
      <strong className="font-semibold">
        {count(matching.length)} of {count(total)}
      </strong>{' '}
      {total === 1 ? 'project' : 'projects'}
      {matching.length > 0 && ': '}
    </Names>
  );
}

interface NamesProps {
  names: string[];
  children: ReactNode;
  after: ReactNode;
}

/** A sentence with names in it, first some of them. */
function Names({ names, children, after }: NamesProps) {
  const [all, setAll] = useState(false);
  const isCut = names.length > mostNames;
  const shown = all ? names : names.slice(0, mostNames);
  return (
    <>
      <p className={`wrap-anywhere ${all && isCut ? 'max-h-60 overflow-y-auto' : ''}`}>
        {children}
        {shown.join(', ')}
        {isCut && !all && ', …'}
        {after}
      </p>
      {isCut && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-1 font-medium text-accent-text hover:underline"
        >
          {all ? 'Show fewer names' : `Show all ${count(names.length)} names`}
        </button>
      )}
    </>
  );
}
