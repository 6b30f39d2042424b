import { checkYardsticks } from './check.ts';
import { Compiled, compile } from './compiled.ts';
import { folder } from './engine.ts';
import { formulaNamed, formulas } from './formulas.ts';

export async function main(args: readonly string[]): Promise<void> {
  const program = compile(`${process.env.NABLA_ROOT}/bench/hand.c`, `${folder}/c`);
  const compiled = program ? new Compiled(program) : undefined;
  for (const formula of [...formulas, formulaNamed('rosen236')]) {
    await checkYardsticks(formula, compiled);
    console.log(formula.name, await compiled?.time('gradient', formula.name, 2), await compiled?.time('hessian', formula.name, 2), await compiled?.time('grid', formula.name, 2), await compiled?.time('descent', formula.name, 2));
  }
  compiled?.close();
}
