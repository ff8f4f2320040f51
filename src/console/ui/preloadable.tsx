import { lazy, useState, type ComponentType } from 'react';

/** The server is gone, or there is a newer console whose parts have other names. */
export class NotLoadedError extends Error {}

/**
 * A component whose code is loaded when it is first drawn, or before by `preload`. Once it is there,
 * it is drawn at once: `lazy` alone would show the fallback first, and React keeps that for 300 ms.
 *
 * @param load gives the component; asked again after a failure, if `preload` was what failed. Drawing it
 *   throws `NotLoadedError` if it fails.
 */
export function preloadable<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | null = null;
  const loadOnce = async () => {
    try {
      return { default: (loaded ??= await load()) };
    } catch (cause) {
      throw new NotLoadedError('A part of the console could not be loaded.', { cause });
    }
  };
  const Lazy = lazy(loadOnce);

  function Preloadable(props: Props) {
    // The same as long as it is drawn, since another one would begin anew.
    const [Shown] = useState<ComponentType<Props>>(() => loaded ?? Lazy);
    return <Shown {...props} />;
  }

  function preload() {
    loadOnce().catch(() => undefined);
  }

  return Object.assign(Preloadable, {
    /** Loads the code, so that it is there when it is wanted. A failure is told only then. */
    preload,
    /** For what leads to it: loads the code as soon as that is pointed at, or has the focus. */
    whenApproached: { onPointerEnter: preload, onFocus: preload },
  });
}
