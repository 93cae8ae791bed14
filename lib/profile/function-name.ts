/**
 * Go's full function names cut to what people say. `example.com/shop/internal/config.(*Manager).Get` has the
 * package `example.com/shop/internal/config`, the short name `config.(*Manager).Get` and the bare name `Get`.
 * Names of other languages pass through unchanged.
 */

/** Import path of the package; "" when the name has none. */
export function packageOf(name: string): string {
  const slash = pathEnd(name);
  const dot = name.indexOf('.', slash);
  return dot < 0 ? '' : name.slice(0, dot);
}

/** The name without the path before the package: `config.(*Manager).Get`. */
export function shortName(name: string): string {
  const slash = pathEnd(name);
  return slash === 0 ? name : name.slice(slash);
}

/** Function or method alone, closures kept: `Get`, `Start.func1`. */
export function bareName(name: string): string {
  const short = shortName(name);
  const inPackage = short.slice(short.indexOf('.') + 1);
  // `(*T).` or `T.` before a method; `run.func1` is no method but a closure of run.
  return inPackage.replace(/^(?:\(\*[^)]*\)|\w+(?:\[\.\.\.\])?)\.(?!func\d|gowrap\d|deferwrap\d)/, '');
}

/** Last element of a path: `config.go`. */
export function fileName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** `config.go:44`; without a line only the file, without a file "". */
export function placeOf(frame: { readonly file: string; readonly line: number }): string {
  if (frame.file === '') return '';
  return frame.line > 0 ? `${fileName(frame.file)}:${frame.line}` : fileName(frame.file);
}

/** Index behind the last slash before type arguments or receivers begin; 0 = no path. */
function pathEnd(name: string): number {
  const stop = name.search(/[[(]/);
  return (stop < 0 ? name : name.slice(0, stop)).lastIndexOf('/') + 1;
}
