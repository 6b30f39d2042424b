/**
 * Operations of the numeric graph; a, b, c are the fields of a node. Constants of a module rather than of an object:
 * a bundler writes their numbers in place.
 */
export const CONST = 0;
/** a: index of the input (variables first, then whatever the caller numbers after them). */
export const VAR = 1;
/** a: index of the parameter. */
export const PARAM = 2;
/** Result of a rolled sum (loops.ts). a, b: what its body shares with the rest, as for NARY; c: its number. */
export const LOOP = 3;
export const NEG = 4;
export const NOT = 5;
/** c: function. */
export const CALL = 6;
export const ADD = 7;
export const SUB = 8;
export const MUL = 9;
export const DIV = 10;
export const POW = 11;
export const LT = 12;
export const LE = 13;
export const EQ = 14;
export const NE = 15;
export const AND = 16;
export const OR = 17;
/** c: function. */
export const CALL2 = 18;
/** a: condition, b: where it holds, c: where it does not. */
export const SELECT = 19;
/** a: offset into `list`, b: number of arguments, c: function. */
export const NARY = 20;
