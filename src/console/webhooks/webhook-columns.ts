/*
 * The columns of the list where there is room for them; below that rows are cards. With health there
 * is one more, and the kind and the time stand under the URL until there is room for them, too.
 */

const plain =
  "[grid-template-areas:'select_url_url_switch'_'._scope_scope_scope'_'._kind_time_actions'] " +
  'grid-cols-[auto_auto_minmax(0,1fr)_auto] gap-x-3 @4xl:gap-x-4 ' +
  '@4xl:grid-cols-[16px_minmax(0,1fr)_92px_minmax(0,0.75fr)_104px_44px_76px] ' +
  "@4xl:[grid-template-areas:'select_url_kind_scope_time_switch_actions']";

const withHealth =
  "[grid-template-areas:'select_url_url_switch'_'._scope_scope_scope'_'._health_health_health'_'._kind_time_actions'] " +
  'grid-cols-[auto_auto_minmax(0,1fr)_auto] gap-x-3 @4xl:gap-x-4 ' +
  '@4xl:grid-cols-[16px_88px_minmax(0,1fr)_minmax(0,0.9fr)_190px_44px_76px] ' +
  "@4xl:[grid-template-areas:'select_url_url_scope_health_switch_actions'_'select_kind_time_scope_health_switch_actions'] " +
  '@7xl:grid-cols-[16px_minmax(0,1fr)_88px_minmax(0,0.75fr)_190px_104px_44px_76px] ' +
  "@7xl:[grid-template-areas:'select_url_kind_scope_health_time_switch_actions']";

/** The grid of a row, and of the headers above it. */
export function webhookColumns(hasHealth: boolean): string {
  return hasHealth ? withHealth : plain;
}
