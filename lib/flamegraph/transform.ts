import { LockscopeError } from '@/lib/errors';
import { packageOf } from '@/lib/profile/function-name';
import { isForeignFrame, isInternalFrame } from './origin';
import type { PathFrame } from './path-frame';
import { hashId, mixHash, rootHash } from './path-hash';

/**
 * One step between the profile and the graph. Steps apply in order, each to what the one before left.
 * focus: only the subtree of one node, which becomes the root's child. focusFunction: only stacks through a
 * function, from its outermost call on. merge: the function's frames vanish, their value goes to the caller.
 * collapse: neighbouring frames of a package become its outermost one. drop: stacks through it are left out.
 * hide: frames of the runtime and sync, or of everything that is not the program's own module, vanish.
 */
export type Transform =
  | { readonly kind: 'focus'; readonly id: string }
  | { readonly kind: 'focusFunction' | 'merge' | 'drop'; readonly name: string }
  | { readonly kind: 'collapse'; readonly package: string }
  | { readonly kind: 'hide'; readonly what: 'internals' | 'foreign' };

/** Reads `f~0123456789abcdef,c~net/http`; "" gives none. Throws `flame.transform` with the step it stumbled on. */
export function parseTransforms(text: string): Transform[] {
  return text
    .split(',')
    .filter((step) => step !== '')
    .map(parseTransform);
}

function parseTransform(step: string): Transform {
  const value = unescapeText(step.slice(2));
  switch (step.slice(0, 2)) {
    case 'f~':
      if (/^[0-9a-f]{16}$/.test(value)) return { kind: 'focus', id: value };
      break;
    case 'F~':
      return { kind: 'focusFunction', name: value };
    case 'm~':
      return { kind: 'merge', name: value };
    case 'd~':
      return { kind: 'drop', name: value };
    case 'c~':
      return { kind: 'collapse', package: value };
    case 'h~':
      if (value === 'internals' || value === 'foreign') return { kind: 'hide', what: value };
      break;
  }
  throw new LockscopeError('flame.transform', `t: "${step}" is no step (f~id, F~function, m~, d~, c~package, h~)`, {
    place: 'query t',
  });
}

/** The text of `t` for these steps; `parseTransforms` reads it back. */
export function printTransforms(transforms: readonly Transform[]): string {
  return transforms.map(printTransform).join(',');
}

function printTransform(step: Transform): string {
  switch (step.kind) {
    case 'focus':
      return `f~${step.id}`;
    case 'focusFunction':
      return `F~${escapeText(step.name)}`;
    case 'merge':
      return `m~${escapeText(step.name)}`;
    case 'drop':
      return `d~${escapeText(step.name)}`;
    case 'collapse':
      return `c~${escapeText(step.package)}`;
    case 'hide':
      return `h~${step.what}`;
  }
}

// Commas part the steps, so they and the escape itself are the only signs that need care.
const escapeText = (text: string) => text.replaceAll('%', '%25').replaceAll(',', '%2C');
const unescapeText = (text: string) => text.replaceAll('%2C', ',').replaceAll('%25', '%');

/** The path after all steps, outermost first; undefined when a step leaves the stack out. */
export function transformPath(
  path: readonly PathFrame[],
  transforms: readonly Transform[],
): readonly PathFrame[] | undefined {
  let left: readonly PathFrame[] | undefined = path;
  for (const step of transforms) {
    left = applyStep(left, step);
    if (left === undefined) return undefined;
  }
  return left;
}

function applyStep(path: readonly PathFrame[], step: Transform): readonly PathFrame[] | undefined {
  switch (step.kind) {
    case 'focus':
      return subtreePath(path, step.id);
    case 'focusFunction': {
      const at = path.findIndex(({ name }) => name === step.name);
      return at < 0 ? undefined : path.slice(at);
    }
    case 'merge':
      return path.filter(({ name }) => name !== step.name);
    case 'drop':
      return path.some(({ name }) => name === step.name) ? undefined : path;
    case 'collapse':
      return path.filter((frame, at) => !sameIn(step.package, frame, path[at - 1]));
    case 'hide':
      return path.filter(({ name, file }) =>
        step.what === 'internals' ? !isInternalFrame(name) : !isForeignFrame(name, file),
      );
  }
}

function sameIn(name: string, frame: PathFrame, caller: PathFrame | undefined): boolean {
  return caller !== undefined && packageOf(frame.name) === name && packageOf(caller.name) === name;
}

function subtreePath(path: readonly PathFrame[], id: string): readonly PathFrame[] | undefined {
  let hash = rootHash;
  for (let at = 0; at < path.length; at++) {
    const frame = path[at];
    if (frame === undefined) return undefined;
    hash = mixHash(hash, frame.hash);
    if (hashId(hash) === id) return path.slice(at);
  }
  return undefined;
}
