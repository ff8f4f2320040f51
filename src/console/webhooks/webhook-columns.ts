/** The columns of the list where there is room for a table; below that rows are cards. */
export const webhookColumns =
  'gap-x-3 @4xl:gap-x-4 @4xl:grid-cols-[minmax(0,1fr)_92px_minmax(0,0.75fr)_104px_44px_76px]';
