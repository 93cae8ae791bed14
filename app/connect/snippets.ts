// biome-ignore-all lint/style/noRestrictedImports: the text of files, not modules.
// The very files that CI compiles and vets.
import contend from '@/docs/snippets/contend.go?raw';
import pushGo from '@/docs/snippets/push.go?raw';
import pushNode from '@/docs/snippets/push.mjs?raw';
import scrape from '@/docs/snippets/scrape.go?raw';

export const snippets = { scrape, pushGo, pushNode, contend } as const;

/** The address written in the snippets. */
const writtenAddress = 'http://127.0.0.1:4040';

/** A snippet with this server's own address in it. */
export function withAddress(snippet: string, address: string): string {
  return snippet.replaceAll(writtenAddress, address);
}
