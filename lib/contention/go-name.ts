/** A Go function name taken apart: `example.com/a/config.(*Manager).Get.func1`. */
export interface GoName {
  /** Import path, `%2e` kept: `example.com/a/config`; "" when the name has none. */
  readonly package: string;
  /** Receiver type without pointer and parentheses, `Manager` or `Cache[...]`; undefined for plain functions. */
  readonly receiver: string | undefined;
  /** Everything after the package: `(*Manager).Get.func1`. */
  readonly local: string;
}

const closure = /(?:\.(?:func|gowrap|deferwrap)?\d+|-range\d+|-fm)+$/;

/**
 * Takes a recorded function name apart. The package ends at the first dot after the last slash that stands outside
 * type arguments; dots inside the last path element are written `%2e` by the linker. A closure belongs to the type
 * whose method it stands in.
 */
export function parseGoName(name: string): GoName {
  const bracket = name.indexOf('[');
  const slash = (bracket < 0 ? name : name.slice(0, bracket)).lastIndexOf('/');
  const dot = name.indexOf('.', slash + 1);
  if (dot < 0) return { package: '', receiver: undefined, local: name };
  const local = name.slice(dot + 1);
  return { package: name.slice(0, dot), receiver: receiverOf(local), local };
}

function receiverOf(local: string): string | undefined {
  const pointer = /\(\*([^()]+)\)\./.exec(local);
  if (pointer !== null) return pointer[1];
  // `T.Method` has two parts; `outer.inner.func1` is a closure of a function inlined into another.
  if (closure.test(local)) return undefined;
  const parts = splitOutsideBrackets(local);
  return parts.length === 2 ? parts[0] : undefined;
}

function splitOutsideBrackets(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '[') depth++;
    else if (char === ']') depth--;
    else if (char === '.' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/** Last element of an import path, as people write it: `config`, `yaml.v3`. */
export function shortPackage(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replaceAll('%2e', '.');
}

/** Frames the compiler puts between a call and the code that people wrote. */
export function isWrapperFrame(name: string): boolean {
  return /-fm$|\.(?:deferwrap|gowrap)\d+$|·dwrap·\d+$/.test(name);
}

/** The name without the suffix of a range-over-func body. */
export function withoutRangeSuffix(name: string): string {
  return name.replace(/-range\d+$/, '');
}
