import { parseGoName, withoutRangeSuffix } from '@/lib/contention/go-name';
import { goFunctionName } from '@/lib/pprof/function-name';

/**
 * A function's name as two builds of a program share it: without the module's major version (`/v2`, `.v3`), the path
 * above a vendored package, type arguments, `-fm` and `-rangeN`, and with tests in the package they test. For matching
 * only: it is never shown.
 */
export function matchingName(name: string): string {
  const plain = goFunctionName(name)
    .replace(/-range\d+/g, '')
    .replace(/-fm$/, '');
  const bracket = plain.search(/[[(]/);
  const end = bracket < 0 ? plain.length : bracket;
  const dot = plain.indexOf('.', plain.lastIndexOf('/', end) + 1);
  if (dot < 0) return plain;
  return matchingPackage(plain.slice(0, dot)) + plain.slice(dot);
}

/**
 * The same of a benchmark, `<package>.BenchmarkX/sub`, whose part after the package may hold slashes; `moved` gives the
 * packages that have another name in the base.
 */
export function matchingBenchmark(name: string, moved: ReadonlyMap<string, string>): string {
  const at = name.indexOf('.Benchmark');
  if (at < 0) return name;
  const now = matchingPackage(name.slice(0, at));
  return (moved.get(now) ?? now) + name.slice(at);
}

function matchingPackage(path: string): string {
  return path
    .replace(/^.*\/vendor\//, '')
    .replace(/\/v\d+(?=\/|$)/g, '')
    .replace(/%2ev\d+(?=\/|$)/g, '')
    .replace(/_test$/, '');
}

/** The name with the compiler's numbers of closures left away: `run.func1.2` and `run.func3` are both `run.func*`. */
export function withoutClosureNumbers(name: string): string {
  return name.replace(/\.(func|gowrap|deferwrap)\d+(?:\.\d+)*/g, '.$1*');
}

/** Name in its package: what a function keeps when its package moves. */
export function localName(name: string): string {
  return withoutRangeSuffix(parseGoName(name).local);
}

export function packageOfName(name: string): string {
  return parseGoName(name).package;
}

const standardRoots = new Set(
  (
    'archive bufio bytes cmp compress container context crypto database debug embed encoding errors expvar flag fmt go ' +
    'hash html image index internal io iter log maps math mime net os path plugin reflect regexp runtime slices sort ' +
    'strconv strings structs sync syscall text time unicode unique unsafe vendor weak'
  ).split(' '),
);

/** True for functions of Go's standard library, whose packages begin with one of its folders. */
export function isStandardLibrary(name: string): boolean {
  return standardRoots.has(packageOfName(name).split('/')[0] ?? '');
}

/**
 * True for code of the benchmark's own module, as far as its path tells (`github.com/acme/shop/...`, `shop/...`);
 * without a benchmark, for everything outside the standard library.
 */
export function isOwnCode(name: string, benchmark: string | null): boolean {
  if (isStandardLibrary(name)) return false;
  if (benchmark === null) return true;
  const path = benchmark.slice(0, Math.max(0, benchmark.indexOf('.Benchmark'))).split('/');
  const host = path[0]?.includes('.') === true ? 3 : 1;
  const root = matchingPackage(path.slice(0, host).join('/'));
  const own = packageOfName(matchingName(name));
  return own === root || own.startsWith(`${root}/`) || own === 'main';
}
