/**
 * npm run bench -- [--quick] [--only NAME[,NAME]] [--part PART[,PART]] [--no-mathjs] [--write] [--keep]
 * Bundles the benchmark, the engine and mathjs, each as one minified file, and starts the first.
 */
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const cache = join(root, 'node_modules/.cache/nabla-bench');
// Two runs at once do not touch each other's files.
const folder = join(cache, String(process.pid));

async function bundle(entries, outDir, { minify = false, external = [] } = {}) {
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    publicDir: false,
    resolve: { conditions: ['import', 'module', 'default'] },
    ssr: { noExternal: true, external, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      minify,
      outDir,
      emptyOutDir: true,
      rollupOptions: {
        input: entries,
        external,
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
}

const parts = ['main', 'steady', 'fresh', 'rival', 'memory', 'growth', 'methods', 'cost', 'page'];
await bundle(
  Object.fromEntries(
    parts.map((name) => [name, join(here, `${name}.ts`)]).filter(([, path]) => existsSync(path)),
  ),
  join(folder, 'bench'),
  { external: ['@playwright/test', 'vite'] },
);
// A file of its own, so that each import of it with another query is another instance.
await bundle({ loops: join(here, 'loops.ts') }, join(folder, 'loops'));
const engine = join(root, 'src/engine.ts');
if (existsSync(engine)) {
  await bundle({ engine }, join(folder, 'engine'), { minify: true });
  await bundle({ engine }, join(folder, 'alone'), { minify: true, external: ['ml-matrix'] });
  const core = join(root, 'src/descent/createProblem.ts');
  await bundle({ core }, join(folder, 'core'), { minify: true, external: ['ml-matrix'] });
}
await bundle({ mathjs: join(here, 'rivalEntry.ts') }, join(folder, 'mathjs'), { minify: true });
process.env.NABLA_BENCH = folder;
process.env.NABLA_ROOT = root;
const { main } = await import(pathToFileURL(join(folder, 'bench/main.mjs')).href);
try {
  await main(process.argv.slice(2), join(cache, 'results.json'));
} finally {
  if (!process.argv.includes('--keep')) rmSync(folder, { recursive: true, force: true });
}
