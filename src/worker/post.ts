import type { Formulas, Problem } from '../descent/problem.ts';
import type { Field, Path } from './protocol.ts';

/** Of how many variables a person still reads the formulas. */
const readable = { gradient: 60, jacobian: 300, hessian: 12 } as const;

/** The formulas as plain objects, which can be posted; lists that are too long to be read are left out. */
export function plain({ formulas, variables, outputs, scalar }: Problem): Formulas {
  const n = variables.length;
  return {
    value: formulas.value,
    residual: outputs <= readable.gradient ? formulas.residual : [],
    gradient: n <= readable.gradient ? formulas.gradient : [],
    jacobian: !scalar && n * outputs <= readable.jacobian ? formulas.jacobian : [],
    hessian: n <= readable.hessian ? formulas.hessian : [],
  };
}

/** What is posted is transferred, and what is kept here must stay. */
export function copyPath(path: Path): Path {
  const { x, f, gradient, spent } = path;
  return { ...path, x: x.slice(), f: f.slice(), gradient: gradient.slice(), spent: spent.slice() };
}

export function copyField(field: Field): Field {
  const { columns, rows, u, v } = field.arrows;
  const { plane } = field;
  return {
    ...field,
    ...(plane && {
      plane: { ...plane, origin: plane.origin.slice(), u: plane.u.slice(), v: plane.v.slice() },
    }),
    at: field.at.slice(),
    values: field.values.slice(),
    arrows: { columns, rows, u: u.slice(), v: v.slice() },
  };
}
