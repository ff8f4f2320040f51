import { eventTitle } from '../../contract/wording';
import { relativeTime, useNow } from '../ui/relative-time';
import type { PreviewSubject } from './use-preview-event';

/** Chooses the event of the preview: real ones that the filters let through, and samples. */
export function PreviewEventSelect({ subject }: { subject: PreviewSubject }) {
  const { pastEvents, samples, chosen, choose } = subject;
  const now = useNow();
  const sampleOptions = samples.map((each) => (
    <option key={each} value={each}>
      {eventTitle(each)}
    </option>
  ));
  return (
    <select
      aria-label="Event in the preview"
      value={chosen}
      disabled={chosen === ''}
      onChange={(event) => choose(event.target.value)}
      className="control min-h-8! max-w-80 pr-7! min-w-0 flex-1 truncate py-1!"
    >
      {pastEvents.length > 0 && (
        <optgroup label="Latest events that match">
          {pastEvents.map(({ id, event_type, project, environment, accepted_at }) => (
            <option key={id} value={id}>
              {eventTitle(event_type)} · {shorten(project.name)} / {shorten(environment.name)} ·{' '}
              {relativeTime(Date.parse(accepted_at), now)}
            </option>
          ))}
        </optgroup>
      )}
      {samples.length > 0 && <optgroup label="Sample data">{sampleOptions}</optgroup>}
      {chosen === '' && <option value="">No event</option>}
    </select>
  );
}

/** An option is one line, and is not cut by itself. */
function shorten(name: string): string {
  const characters = [...name];
  return characters.length <= 40 ? name : `${characters.slice(0, 39).join('')}…`;
}
