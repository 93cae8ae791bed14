import { packageOf } from '@/lib/profile/function-name';

/** Where a frame's code comes from: the program itself, a module it uses, the standard library, the runtime. */
export type Origin = 'own' | 'module' | 'standard' | 'runtime';

// First elements of standard import paths (go list std, Go 1.19 to 1.27); a user's module may lack a dot too.
const standardRoots = new Set(
  (
    'archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt ' +
    'go hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices ' +
    'sort strconv strings structs sync syscall testing text time unicode unique unsafe vendor weak'
  ).split(' '),
);

/** Own code is what is neither standard nor from the module cache or a vendor folder (`@v1.2.3`, `/vendor/`). */
export function originOf(name: string, file: string): Origin {
  const path = packageOf(name);
  const root = path.split('/', 1)[0] ?? '';
  if (isInternalFrame(name)) return 'runtime';
  if (standardRoots.has(root)) return 'standard';
  return /@v\d|\/vendor\/|\/node_modules\//.test(file) ? 'module' : 'own';
}

/** Runtime and sync internals and lock wrappers: the frames that say how Go waits and not who does. */
export function isInternalFrame(name: string): boolean {
  return (
    isCompilerWrapper(name) ||
    /^(?:runtime|sync|syscall|internal|github\.com\/sasha-s\/go-deadlock)(?:\/[^.]+)?\./.test(name)
  );
}

/** Functions the compiler makes around `defer`, `go` and method values: `-fm`, `.deferwrap1`, `.gowrap1`, `·dwrap·1`. */
export function isCompilerWrapper(name: string): boolean {
  return /-fm$|\.(?:deferwrap|gowrap)\d*$|·dwrap·\d+$/.test(name);
}

/** Everything that is not the program's own module. */
export function isForeignFrame(name: string, file: string): boolean {
  return originOf(name, file) !== 'own';
}
