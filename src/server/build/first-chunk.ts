import type { Rolldown } from 'vite';

/**
 * The chunk of a module of the console: one for all that the page needs at once, which compresses
 * better than several. The bundler would split off what parts that load later use as well.
 *
 * @returns null for what loads later: that is for the bundler to arrange.
 */
export const firstChunk: Rolldown.CodeSplittingNameFunction = (moduleId, context) => {
  const seen = new Set([moduleId]);
  // A set tells of what is added while it is walked.
  for (const id of seen) {
    const info = context.getModuleInfo(id);
    if (info?.isEntry) return 'first';
    for (const importer of info?.importers ?? []) seen.add(importer);
  }
  return null;
};
