import { functions } from './functions.ts';

/** Half-open range of the text as it was typed. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A number as it was typed: "12", ".5", "1e-3". Finite. */
export interface NumberNode extends Place {
  readonly kind: 'number';
  readonly text: string;
}

/** A variable, parameter, part, data list, index or constant, in its canonical spelling: "x1", "theta", "pi". */
export interface NameNode extends Place {
  readonly kind: 'name';
  readonly name: string;
}

/** terms[0] ± terms[1] ± …, taken from left to right; `minus[0]` is false. */
export interface SumNode extends Place {
  readonly kind: 'sum';
  readonly terms: readonly Node[];
  readonly minus: readonly boolean[];
}

export type ProductOperator = '*' | '/' | '@' | 'juxtaposed';

/** factors[0] ∘ factors[1] ∘ …, taken from left to right; `operators[k]` stands before `factors[k + 1]`. */
export interface ProductNode extends Place {
  readonly kind: 'product';
  readonly factors: readonly Node[];
  readonly operators: readonly ProductOperator[];
}

export interface NegativeNode extends Place {
  readonly kind: 'negative';
  readonly of: Node;
}

export interface PowerNode extends Place {
  readonly kind: 'power';
  readonly base: Node;
  readonly exponent: Node;
}

/** `i = 1..10` */
export interface IndexRange extends Place {
  readonly name: string;
  readonly first: Node;
  readonly last: Node;
}

/** A function of the table, of lists, or (`own`) a helper of the text; `sum(args[0], indices…)` for a series. */
export interface CallNode extends Place {
  readonly kind: 'call';
  readonly name: string;
  readonly own: boolean;
  readonly args: readonly Node[];
  readonly indices: readonly IndexRange[];
}

export interface ListNode extends Place {
  readonly kind: 'list';
  readonly entries: readonly Node[];
}

/** `X[2]`, `A[1, 2]`, `x[i + 1]` */
export interface PickNode extends Place {
  readonly kind: 'pick';
  readonly of: Node;
  readonly indices: readonly Node[];
}

export interface IfNode extends Place {
  readonly kind: 'if';
  readonly condition: Condition;
  readonly then: Node;
  readonly otherwise: Node;
}

export interface CompareNode extends Place {
  readonly kind: 'compare';
  readonly relation: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly left: Node;
  readonly right: Node;
}

export interface ConnectiveNode extends Place {
  readonly kind: 'and' | 'or';
  readonly left: Condition;
  readonly right: Condition;
}

export interface NotNode extends Place {
  readonly kind: 'not';
  readonly of: Condition;
}

export type Condition = CompareNode | ConnectiveNode | NotNode;

export type Node =
  | NumberNode
  | NameNode
  | SumNode
  | ProductNode
  | NegativeNode
  | PowerNode
  | CallNode
  | ListNode
  | PickNode
  | IfNode;

/** One line: `a = 2`, `g(t) = t^2`, or the last one, which may have no name. */
export interface Line extends Place {
  readonly name: string | undefined;
  /** The names in the brackets of `g(t) = …`. */
  readonly variables: readonly string[] | undefined;
  readonly body: Node;
  /** It begins with + or − on a new line, and might be meant to go on from the line above. */
  readonly beginsWithSign: boolean;
  /** Where the name stands. */
  readonly nameFrom: number;
  readonly nameTo: number;
}

/** A text as a syntax tree; nothing is looked up or computed yet. */
export interface Program {
  /** The lines before the last, each with a name, in order. */
  readonly definitions: readonly Line[];
  /** The last line. */
  readonly result: Line;
}

/** The expressions right within another one. */
export const childrenOf = (node: Node | Condition): readonly (Node | Condition)[] => {
  switch (node.kind) {
    case 'number':
    case 'name':
      return [];
    case 'sum':
      return node.terms;
    case 'product':
      return node.factors;
    case 'negative':
    case 'not':
      return [node.of];
    case 'power':
      return [node.base, node.exponent];
    case 'call':
      return [...node.indices.flatMap((range) => [range.first, range.last]), ...node.args];
    case 'list':
      return node.entries;
    case 'pick':
      return [node.of, ...node.indices];
    case 'if':
      return [node.condition, node.then, node.otherwise];
    case 'compare':
    case 'and':
    case 'or':
      return [node.left, node.right];
  }
};

/** Whether a definition is a parameter: numbers, pi, e and functions of numbers alone. */
export const isConstant = (node: Node | Condition): boolean => {
  if (node.kind === 'name') return node.name === 'pi' || node.name === 'e';
  if (node.kind === 'list' || node.kind === 'pick' || node.kind === 'if') return false;
  if (node.kind === 'call' && (node.own || node.indices.length > 0 || !functions.has(node.name)))
    return false;
  return childrenOf(node).every(isConstant);
};
