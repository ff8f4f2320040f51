import { useFeature } from '../capabilities-queries';
import { count } from '../numbers';
import { PoliteStatus } from '../ui/polite-status';
import { Steady } from '../ui/steady';
import { DryRun } from './dry-run';
import { FilterTester } from './filter-tester';
import { useFormFilter, useIsFilterTyped } from './use-form-filter';
import { useEventTally } from './use-event-tally';
import { useMatchingProjects } from './use-matching-projects';

/** What comes of the filters in the form: which projects they take, and which past events. */
export function FilterOutcome({ organizationId }: { organizationId: string }) {
  const feature = useFeature('dry-run');
  const canDryRun = feature === true;
  const filter = useFormFilter();
  const isTyped = useIsFilterTyped();
  const projects = useMatchingProjects(organizationId, filter.project_names_filter);
  const events = useEventTally(canDryRun ? organizationId : null, filter);

  const { matching, total } = projects;
  const { tally } = events;
  const said = [
    matching && `${count(matching.length)} of ${count(total)} projects`,
    tally && `${count(tally.received)} of ${count(tally.total)} past events`,
  ].filter((each) => each !== null);
  const isKnown =
    (matching || projects.query.isError) && (tally || events.query.isError || feature === false);

  return (
    <section
      aria-label="What the filters take"
      className="-mt-2 divide-y divide-line rounded-lg border border-line bg-sunken"
    >
      <Steady>
        <FilterTester patterns={filter.project_names_filter} projects={projects} />
        {canDryRun && <DryRun organizationId={organizationId} filter={filter} events={events} />}
      </Steady>
      {/* What comes in while the form opens is no change, unless somebody has typed until then. */}
      <PoliteStatus
        text={isTyped && isKnown && said.length > 0 ? `${said.join(', ')}.` : null}
        fromFirst
      />
    </section>
  );
}
