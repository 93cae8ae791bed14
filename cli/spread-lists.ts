/** `--base a b` means `--base a --base b` for the options in `lists`: a list ends at the next option. */
export function spreadLists(args: readonly string[], lists: readonly string[]): string[] {
  const spread: string[] = [];
  let list: string | undefined;
  for (const [i, arg] of args.entries()) {
    if (lists.includes(arg)) {
      list = arg;
      continue;
    }
    if (arg.startsWith('-')) {
      list = undefined;
    } else if (list !== undefined) {
      spread.push(list, arg);
      continue;
    }
    if (arg === '--') return [...spread, ...args.slice(i)];
    spread.push(arg);
  }
  return spread;
}
