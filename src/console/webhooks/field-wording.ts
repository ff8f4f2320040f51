import { displayUrl } from '../../contract/display-url';
import { environmentModeName, eventTitle } from '../../contract/wording';
import type { EditedField } from './merge-edits';
import type { WebhookFormValues } from './webhook-form-values';
import { kindName } from './wording';

const labels: Record<EditedField, string> = {
  target_url: 'URL',
  kind: 'Kind',
  description: 'Description',
  target_secret: 'Secret',
  events: 'Events',
  environment_types_filter: 'Environment type filter',
  project_names_filter: 'Project name filter',
  enabled: 'Enabled',
};

/** What the form calls a field. */
export function fieldLabel(field: EditedField): string {
  return labels[field];
}

/** A field's value in words, beside the form: a URL that is a secret is masked, a secret never told. */
export function fieldText(field: EditedField, values: WebhookFormValues): string {
  return field === 'target_secret' ? secretText(values.target_secret) : shownText(field, values);
}

type ShownField = Exclude<EditedField, 'target_secret'>;

/** The same of what may be shown. */
export function shownText(field: ShownField, values: Pick<WebhookFormValues, ShownField>): string {
  switch (field) {
    case 'target_url':
      return displayUrl(values.target_url, values.kind);
    case 'kind':
      return kindName(values.kind);
    case 'description':
      return values.description === '' ? 'No description' : values.description;
    case 'events':
      return values.events.length === 0 ? 'No events' : values.events.map(eventTitle).join(', ');
    case 'environment_types_filter':
      return values.environment_types_filter.length === 0
        ? 'All environments'
        : values.environment_types_filter.map(environmentModeName).join(', ');
    case 'project_names_filter':
      return values.project_names_filter.length === 0
        ? 'All projects'
        : values.project_names_filter.join(', ');
    case 'enabled':
      return values.enabled ? 'Enabled' : 'Disabled';
  }
}

function secretText({ action, value }: WebhookFormValues['target_secret']): string {
  if (action === 'keep') return 'A secret is set';
  if (action === 'remove') return 'Removed';
  return value === '' ? 'No secret' : 'Replaced by the one you typed';
}
