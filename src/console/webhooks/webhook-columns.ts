/*
 * The columns of the list where there is room for them; below that rows are cards. With health there
 * is one more: the kind and the time stand under the URL until there is room for them beside it, one
 * under the other.
 */

const plain =
  "[grid-template-areas:'select_url_url_switch'_'._scope_scope_scope'_'._kind_actions_actions'_'._time_actions_actions'] " +
  'grid-cols-[auto_minmax(0,1fr)_auto_2.375rem] gap-x-3 @4xl:gap-x-4 ' +
  '@4xl:grid-cols-[1rem_minmax(0,1fr)_5.75rem_minmax(0,0.75fr)_6.75rem_2.75rem_7.125rem] ' +
  "@4xl:[grid-template-areas:'select_url_kind_scope_time_switch_actions']";

const withHealth =
  "[grid-template-areas:'select_url_url_switch'_'._scope_scope_scope'_'._health_health_health'_'._kind_actions_actions'_'._time_actions_actions'] " +
  'grid-cols-[auto_minmax(0,1fr)_auto_2.375rem] gap-x-3 @4xl:gap-x-4 ' +
  '@4xl:grid-cols-[1rem_5.5rem_minmax(0,1fr)_minmax(0,0.9fr)_13rem_2.75rem_7.125rem] ' +
  "@4xl:[grid-template-areas:'select_url_url_scope_health_switch_actions'_'select_kind_time_scope_health_switch_actions'] " +
  '@7xl:gap-y-0 @7xl:grid-cols-[1rem_minmax(0,1fr)_5.75rem_minmax(0,0.62fr)_13rem_2.75rem_7.125rem] ' +
  "@7xl:[grid-template-areas:'select_url_kind_scope_health_switch_actions'_'select_url_time_scope_health_switch_actions']";

/** The grid of a row, and of the headers above it. */
export function webhookColumns(hasHealth: boolean): string {
  return hasHealth ? withHealth : plain;
}
