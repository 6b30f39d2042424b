/** The part of mathjs that derives and evaluates these formulas, as its guide to small bundles advises. */
import {
  absDependencies,
  atan2Dependencies,
  cosDependencies,
  create,
  derivativeDependencies,
  eDependencies,
  expDependencies,
  type FactoryFunctionMap,
  logDependencies,
  maxDependencies,
  minDependencies,
  parseDependencies,
  piDependencies,
  signDependencies,
  sinDependencies,
  sqrtDependencies,
  tanhDependencies,
} from 'mathjs';

const parts = {
  absDependencies,
  atan2Dependencies,
  cosDependencies,
  derivativeDependencies,
  eDependencies,
  expDependencies,
  logDependencies,
  maxDependencies,
  minDependencies,
  parseDependencies,
  piDependencies,
  signDependencies,
  sinDependencies,
  sqrtDependencies,
  tanhDependencies,
} as unknown as FactoryFunctionMap;
export const { derivative, parse } = create(parts);
