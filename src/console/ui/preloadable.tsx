import { lazy, useState, type ComponentType } from 'react';

/**
 * A component whose code is loaded when it is first drawn, or before by `preload`. Once it is there,
 * it is drawn at once: `lazy` alone would show the fallback first, and React keeps that for 300 ms.
 *
 * @param load gives the component; asked again after a failure, if `preload` was what failed.
 */
export function preloadable<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  let loaded: ComponentType<Props> | null = null;
  const loadOnce = async () => ({ default: (loaded ??= await load()) });
  const Lazy = lazy(loadOnce);

  function Preloadable(props: Props) {
    // The same as long as it is drawn, since another one would begin anew.
    const [Shown] = useState<ComponentType<Props>>(() => loaded ?? Lazy);
    return <Shown {...props} />;
  }

  return Object.assign(Preloadable, {
    /** Loads the code, so that it is there when it is wanted. A failure is told only then. */
    preload() {
      loadOnce().catch(() => undefined);
    },
  });
}
