import { chain } from './chain.ts';
import { cost } from './cost.ts';
import { curvature } from './curvature.ts';
import { jacobian } from './jacobian.ts';
import { landmarks } from './landmarks.ts';
import { lineSearch } from './lineSearch.ts';
import { map } from './map.ts';
import { point } from './point.ts';
import { preimage } from './preimage.ts';
import { selfCheck } from './selfCheck.ts';
import { step } from './step.ts';
import type { Study, StudyDescription } from './study.ts';
import { sweep } from './sweep.ts';
import { taylor } from './taylor.ts';

/** The only list of studies: a study is one file and one line here. */
export const studies = [
  curvature,
  jacobian,
  landmarks,
  step,
  lineSearch,
  selfCheck,
  map,
  preimage,
  taylor,
  sweep,
  cost,
  chain,
  point,
] as const;

type Known = (typeof studies)[number];

export type StudyId = Known['id'];
export type StudyOptions = {
  [One in Known as One['id']]: One extends Study<string, infer Options, object> ? Options : never;
};
export type StudyAnswer = {
  [One in Known as One['id']]: ReturnType<One['run']> extends Generator<unknown, infer Answer>
    ? Answer
    : never;
};

const byId = new Map<string, Study<string, never, object>>(studies.map((study) => [study.id, study]));

/** A study whose options are not known by their type. */
export const findStudy = (id: string): Study<string, never, object> | undefined => byId.get(id);

export const descriptions = (): StudyDescription[] =>
  studies.map(({ id, dependsOn, usesWindow = false }) => ({ id, dependsOn, usesWindow }));
