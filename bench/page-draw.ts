import type { Browser } from '@playwright/test';
import { build } from 'esbuild';
import type { FlameNode } from '@/lib/flamegraph/flame-node';
import { seeded } from './anchor-load';
import { median } from './page-browser';

const runs = 7;

/** A tree of `size` nodes, each below a random earlier one; made up, for the time of drawing only. */
function randomTree(size: number): FlameNode {
  const random = seeded(7);
  const children: number[][] = [[]];
  for (let node = 1; node < size; node++) {
    children.push([]);
    children[Math.floor(random() * node)]?.push(node);
  }
  const build = (index: number): FlameNode => {
    const below = (children[index] ?? []).map(build);
    const self = index === 0 ? 0 : 1 + Math.floor(random() * 100);
    const total = below.reduce((sum, child) => sum + child.total, self);
    const name = index === 0 ? 'root' : `pkg.(*Type).Method${index}`;
    const id = index.toString(16).padStart(16, '0');
    return { name, file: 'file.go', line: 1, id, self, total, merged: 0, children: below };
  };
  return build(0);
}

function countNodes(node: FlameNode): number {
  return node.children.reduce((sum, child) => sum + countNodes(child), 1);
}

/** Milliseconds from the call to the next picture, median; `drawn` frames; the alternative draws every frame. */
export async function timeDrawing(
  browser: Browser,
  nodes: number,
): Promise<{ readonly nodes: number; readonly rows: readonly { name: string; ms: number; drawn: number }[] }> {
  const tree = randomTree(nodes);
  // As text: deep objects take the driver for ever.
  const text = JSON.stringify(tree);
  const bundle = await build({
    stdin: {
      contents: `import { drawFlame } from './components/flamegraph/draw-flame';
        import flamegraph from 'd3-flame-graph';
        import { select } from 'd3-selection';
        Object.assign(window, {
          ours: (host, root) => drawFlame(host, { root, width: 1240, grows: 'down', transitionMs: 0,
            fill: () => '#d9822b', onClick() {}, onHover() {} }),
          alternative: (host, root) => flamegraph().width(1240).cellHeight(20).transitionDuration(0).selfValue(false)
            .getValue((data) => data.total)(select(host).datum(structuredClone(root))),
        });`,
      resolveDir: new URL('..', import.meta.url).pathname,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
    outdir: 'out',
    loader: { '.css': 'empty' },
    tsconfig: new URL('../tsconfig.json', import.meta.url).pathname,
  });
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
  const rows = [];
  for (const [name, draw, times] of [
    ['Lockscope: what can be seen', 'ours', runs],
    ['d3-flame-graph, every frame', 'alternative', 2],
  ] as const) {
    const results = [];
    for (let run = 0; run < times; run++) {
      results.push(
        await page.evaluate(
          async ({ text, draw }) => {
            const root: unknown = JSON.parse(text);
            document.body.replaceChildren();
            const host = document.body.appendChild(document.createElement('div'));
            await new Promise((resolve) => requestAnimationFrame(resolve));
            const began = performance.now();
            Reflect.get(window, draw)(host, root);
            await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
            return { ms: performance.now() - began, drawn: host.querySelectorAll('g.frame').length };
          },
          { text, draw },
        ),
      );
    }
    rows.push({ name, ms: median(results.map(({ ms }) => ms)), drawn: results[0]?.drawn ?? 0 });
  }
  await page.close();
  return { nodes: countNodes(tree), rows };
}
