// Asks for what the page of an organization needs while the console itself is still being loaded.
// `api-client.ts` takes each answer once, instead of asking by itself.
const organization = /^\/organization\/([^/]+)\/settings\/webhook(?:\/|$)/.exec(location.pathname);
if (organization) {
  const paths = [
    '/api/session',
    '/api/capabilities',
    '/api/organization',
    `/api/organization/${organization[1]}/webhook`,
  ];
  globalThis.earlyAnswers = new Map(
    paths.map((path) => [path, fetch(path, { headers: { accept: 'application/json' } })]),
  );
  // Whoever takes it hears of a failure; that nobody does is none.
  for (const answer of globalThis.earlyAnswers.values()) answer.catch(() => undefined);
}
